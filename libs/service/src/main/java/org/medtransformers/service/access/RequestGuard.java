package org.medtransformers.service.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.service.problem.Problem;

/**
 * Keeps other people's web pages out. A page that a user visits may send requests to any server
 * that the user's browser reaches: by an address, and then its {@code Origin} tells; or by a name
 * of its own that it has resolved to that server (DNS rebinding), and then {@code Host} does.
 */
@Singleton
public final class RequestGuard {
  /** Before anything is read, and before it is looked at who asks. */
  private static final int FIRST = 2000;

  private static final String LOCALHOST = "localhost";
  private static final String TWO_YEARS = "max-age=63072000";

  /** Asked for at run time only: filters are made before it is known. */
  private final Instance<GuardConfig> config;

  RequestGuard(Instance<GuardConfig> config) {
    this.config = config;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext request) {
    if (request.request().isSSL()) {
      request.response().putHeader("Strict-Transport-Security", TWO_YEARS);
    }
    Optional<String> foreign = foreign(request.request());
    if (foreign.isEmpty()) {
      request.next();
    } else {
      Problem.of(ErrorCode.NOT_PERMITTED, foreign.get()).answer(request.response());
    }
  }

  /** Why the request comes from a foreign page. */
  private Optional<String> foreign(HttpServerRequest request) {
    HostAndPort named = request.authority();
    if (named == null) {
      return Optional.of("the request does not say which host it is for");
    }
    Authority own = Authority.of(named);
    if (!isOurs(own)) {
      return Optional.of(
          "the host \"%s\" is none of this service's names (medtrans.access.hosts)"
              .formatted(own.host()));
    }
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    return origins.stream()
        .filter(origin -> !Authority.ofOrigin(origin).filter(own::isSame).isPresent())
        .findFirst()
        .map("requests of pages of \"%s\" are not answered"::formatted);
  }

  private boolean isOurs(Authority host) {
    return host.isAddress()
        || host.host().equals(LOCALHOST)
        || config.get().hosts().orElse(List.of()).stream().anyMatch(host.host()::equalsIgnoreCase);
  }
}
