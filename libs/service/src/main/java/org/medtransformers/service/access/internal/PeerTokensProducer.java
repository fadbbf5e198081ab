package org.medtransformers.service.access.internal;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.tokens.PeerKey;
import org.medtransformers.tokens.PeerTokens;

/** The tokens of this service. */
@Singleton
final class PeerTokensProducer {
  @Produces
  @Singleton
  PeerTokens tokens(
      PeerConfig config,
      @ConfigProperty(name = "quarkus.application.name") String application,
      Clock clock) {
    return new PeerTokens(key(config), ServiceName.named(application).orElseThrow(), clock);
  }

  private static PeerKey key(PeerConfig config) {
    return config
        .serviceKeyFile()
        .map(PeerKey::read)
        .or(() -> config.serviceKey().map(PeerKey::of))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "medtrans.access.service-key-file: missing; it names a file with the key that"
                        + " all services of the deployment share (openssl rand -hex 32), or"
                        + " medtrans.access.service-key is the key itself"));
  }
}
