package org.medtransformers.service.access.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
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

  private final Instance<PeerTokens> tokens;
  private final Instance<PeerPolicy> policy;
  private Optional<byte[]> metricsToken = Optional.empty();
  private boolean closed;

  PeerGuard(Instance<PeerConfig> config, Instance<PeerTokens> tokens, Instance<PeerPolicy> policy) {
    this.config = config;
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
      metricsToken =
          config
              .get()
              .metricsTokenFile()
              .map(PeerGuard::secret)
              .or(() -> config.get().metricsToken().map(PeerGuard::bytes));
    }
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    Optional<String> presented = presented(request);
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
      context.response().putHeader("WWW-Authenticate", "Bearer");
      Problem.of(ErrorCode.NOT_SIGNED_IN, e.getMessage()).answer(context.response());
    }
  }

  private PeerToken asking(Optional<String> presented) throws InvalidTokenException {
    return tokens.get().verified(presented.orElse(""));
  }

  private boolean opensMetrics(String path, Optional<String> presented) {
    return path.equals(METRICS)
        && presented.isPresent()
        && metricsToken.filter(t -> MessageDigest.isEqual(t, bytes(presented.get()))).isPresent();
  }

  private static String method(HttpServerRequest request) {
    return request.method().name();
  }

  private static Optional<String> presented(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.startsWith(PeerCredentials.BEARER))
        .map(header -> header.substring(PeerCredentials.BEARER.length()));
  }

  private static byte[] secret(Path file) {
    try {
      return bytes(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token of the metrics, " + file, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
