package org.medtransformers.service.access.internal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.service.access.Bearer;
import org.medtransformers.service.access.GuardConfig;
import org.medtransformers.service.access.Secret;
import org.medtransformers.service.problem.Problem;
import org.medtransformers.tokens.InvalidTokenException;
import org.medtransformers.tokens.PeerToken;
import org.medtransformers.tokens.PeerTokens;

/**
 * Lets nobody but other services in, each to what {@link PeerPolicy} says, where {@link
 * PeerConfig#servicesOnly}. Whoever looks after the machines may ask for health without a token,
 * and for metrics with one that opens nothing else.
 */
@Singleton
public final class PeerGuard {
  /** Before anything is read of the request. */
  private static final int EARLY = 1500;

  /** As they stand in the request: no detour leads through them. */
  private static final Pattern HEALTH = Pattern.compile("/q/health(/[a-z]+)?");

  private static final String METRICS = "/q/metrics";

  /** Asked for at run time only: filters are made before it is known. */
  private final Instance<PeerConfig> config;

  private final Instance<GuardConfig> guard;
  private final Instance<PeerTokens> tokens;
  private final Instance<PeerPolicy> policy;
  private Optional<Secret> metricsToken = Optional.empty();
  private boolean closed;

  PeerGuard(
      Instance<PeerConfig> config,
      Instance<GuardConfig> guard,
      Instance<PeerTokens> tokens,
      Instance<PeerPolicy> policy) {
    this.config = config;
    this.guard = guard;
    this.tokens = tokens;
    this.policy = policy;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, EARLY);
  }

  /** A service that could not know the others does not start. */
  void start(@Observes StartupEvent event) {
    closed = config.get().servicesOnly();
    if (closed) {
      tokens.get();
      GuardConfig common = guard.get();
      metricsToken =
          Secret.configured("metrics-token", common.metricsToken(), common.metricsTokenFile());
    }
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    Optional<String> presented = Bearer.of(request);
    if (!closed || HEALTH.matcher(path).matches() || opensMetrics(path, presented)) {
      context.next();
      return;
    }
    try {
      Optional<String> refusal = policy.get().refusal(asking(presented), method(request), path);
      if (refusal.isEmpty()) {
        context.next();
      } else {
        Problem.of(ErrorCode.NOT_PERMITTED, refusal.get()).answer(context.response());
      }
    } catch (InvalidTokenException e) {
      context.response().putHeader("WWW-Authenticate", Bearer.SCHEME);
      Problem.of(ErrorCode.NOT_SIGNED_IN, e.getMessage()).answer(context.response());
    }
  }

  private PeerToken asking(Optional<String> presented) throws InvalidTokenException {
    return tokens.get().verified(presented.orElse(""));
  }

  private boolean opensMetrics(String path, Optional<String> presented) {
    return path.equals(METRICS)
        && presented.isPresent()
        && metricsToken.filter(token -> token.is(presented.get())).isPresent();
  }

  private static String method(HttpServerRequest request) {
    return request.method().name();
  }
}
