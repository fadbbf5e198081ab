package org.medtransformers.service.access.internal;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.service.access.Bearer;
import org.medtransformers.tokens.PeerToken.About;
import org.medtransformers.tokens.PeerTokens;

/** What this service shows the others. Ask anew for each request: it is good for minutes. */
@Singleton
public final class PeerCredentials {
  /** The header that carries it. */
  public static final String HEADER = "Authorization";

  private final PeerTokens tokens;
  private final Instance<OnBehalf> behalf;

  PeerCredentials(PeerTokens tokens, Instance<OnBehalf> behalf) {
    this.tokens = tokens;
    this.behalf = behalf;
  }

  /** The value of {@link #HEADER} for a request to {@code asked}. */
  public String to(ServiceName asked) {
    return to(asked, Optional.empty());
  }

  /** The same for one to the data-service, about {@code loader} alone where there is one. */
  public String toData(Optional<String> loader) {
    return to(ServiceName.DATA, loader);
  }

  private String to(ServiceName asked, Optional<String> loader) {
    return Bearer.SCHEME + " " + tokens.to(asked, new About(person(), loader));
  }

  private Optional<String> person() {
    return behalf.isResolvable() ? Optional.of(behalf.get().person()) : Optional.empty();
  }
}
