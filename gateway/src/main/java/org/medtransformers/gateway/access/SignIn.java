package org.medtransformers.gateway.access;

import jakarta.inject.Singleton;
import java.util.Optional;

/** How somebody shows who they are. */
@Singleton
public final class SignIn {
  private final Installation installation;
  private final ServiceTokens tokens;
  private final SignInLinks links;

  SignIn(Installation installation, ServiceTokens tokens, SignInLinks links) {
    this.installation = installation;
    this.tokens = tokens;
    this.links = links;
  }

  /** Who comes by the link with {@code code}, which is used up then. */
  public Optional<Caller> byLink(String code) {
    return links.use(code);
  }

  /** Who comes with {@code token}. */
  public Optional<Caller> byToken(String token) {
    return installation
        .owner(token)
        .or(() -> ServiceTokens.isOne(token) ? tokens.owner(token) : Optional.empty());
  }
}
