package org.medtransformers.gateway.access;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.gateway.config.AccessConfig;
import org.medtransformers.service.access.GuardConfig;
import org.medtransformers.service.access.Secret;

/**
 * Whoever has the token of this installation is its administrator. An installation that asks nobody
 * who they are says so at each start, and does not start where other machines reach it.
 */
@Startup
@Singleton
final class Installation {
  private static final Logger LOG = Logger.getLogger(Installation.class);
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1", "[::1]");

  private final Caller administrator;
  private final boolean open;
  private final Optional<Secret> token;
  private final Optional<Secret> metricsToken;

  Installation(
      AccessConfig config,
      GuardConfig common,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.administrator = new Caller(config.person(), config.team(), Role.ADMIN, null);
    this.open = config.open();
    this.token = Secret.configured("token", config.token(), config.tokenFile());
    this.metricsToken =
        Secret.configured("metrics-token", common.metricsToken(), common.metricsTokenFile());
    if (open && !LOOPBACK.contains(host)) {
      throw new IllegalStateException(
          "medtrans.access.open is set, but the gateway is to listen at %s (quarkus.http.host): only %s may be open to everybody"
              .formatted(host, String.join(", ", LOOPBACK)));
    }
    if (open) {
      LOG.warn(
          "Nobody is asked who they are (medtrans.access.open): every user and program of this machine may do everything");
    } else if (token.isEmpty()) {
      LOG.warn(
          "There is no token of this installation (medtrans.access.token): nobody can sign in by it");
    }
  }

  /** Who everybody is where nobody is asked; empty elsewhere. */
  Optional<Caller> everybody() {
    return open ? Optional.of(administrator) : Optional.empty();
  }

  /** Whose {@code presented} is, if it is the token of this installation. */
  Optional<Caller> owner(String presented) {
    return token.filter(secret -> secret.is(presented)).map(secret -> administrator);
  }

  /** Whether {@code presented} is what opens the metrics. */
  boolean opensMetrics(String presented) {
    return metricsToken.filter(secret -> secret.is(presented)).isPresent();
  }

  /** What this installation signs with; empty without a token. */
  Optional<byte[]> secret() {
    return token.map(Secret::bytes);
  }
}
