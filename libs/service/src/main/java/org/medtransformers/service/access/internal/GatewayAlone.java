package org.medtransformers.service.access.internal;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.tokens.PeerToken;

/** Workers get their work from the broker; only the gateway asks them anything. */
@DefaultBean
@Singleton
final class GatewayAlone implements PeerPolicy {
  @Override
  public Optional<String> refusal(PeerToken asking, String method, String path) {
    return asking.issuer() == ServiceName.GATEWAY
        ? Optional.empty()
        : Optional.of("only the gateway may ask this service");
  }
}
