package org.medtransformers.gateway.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.service.access.Bearer;
import org.medtransformers.service.problem.Problem;

/** Lets nobody in who has not said who they are, but to health and to where one says it. */
@Singleton
final class Gate {
  /** What a token of the metrics may do, and nothing else. */
  static final String METRICS = "metrics";

  static final ChallengeData CHALLENGE =
      new ChallengeData(
          ErrorCode.NOT_SIGNED_IN.status(),
          "WWW-Authenticate",
          Bearer.SCHEME + " realm=\"medtransformers\"");

  /** Less than Quarkus' own, so that it is known who asks. */
  private static final int AFTER_AUTHENTICATION = 50;

  private static final String SIGN_IN = "/sign-in";
  private static final String METRICS_PATH = "/q/metrics";

  /** As they stand in the request: no detour leads through them. */
  private static final Pattern OPEN = Pattern.compile("/q/health(/[a-z]+)?|" + SIGN_IN);

  private static final int SEE_OTHER = 303;

  private final Event<RefusedToken> refused;

  Gate(Event<RefusedToken> refused) {
    this.refused = refused;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_AUTHENTICATION);
  }

  private void check(RoutingContext context) {
    String path = context.request().path();
    SecurityIdentity identity = identity(context);
    if (path != null && OPEN.matcher(path).matches()) {
      context.next();
    } else if (identity == null || identity.isAnonymous()) {
      if (Bearer.of(context.request()).isPresent()) {
        refused.fireAsync(new RefusedToken(context.request().remoteAddress().hostAddress()));
      }
      askWho(context);
    } else if (METRICS_PATH.equals(path) ? maySeeMetrics(identity) : mayReadAnything(identity)) {
      context.next();
    } else {
      Problem.of(
              ErrorCode.NOT_PERMITTED,
              "%s may not see this".formatted(identity.getPrincipal().getName()))
          .answer(context.response());
    }
  }

  private static boolean mayReadAnything(SecurityIdentity identity) {
    return identity.hasRole(Roles.VIEWER);
  }

  /** They tell of everybody's experiments. */
  private static boolean maySeeMetrics(SecurityIdentity identity) {
    return identity.hasRole(METRICS) || identity.hasRole(Roles.OPERATOR);
  }

  private static SecurityIdentity identity(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
  }

  /** Browsers are led to where one signs in. */
  static void askWho(RoutingContext context) {
    if (isBrowser(context.request())) {
      context.response().setStatusCode(SEE_OTHER).putHeader(HttpHeaders.LOCATION, SIGN_IN).end();
      return;
    }
    CHALLENGE.getHeaders().forEach(context.response()::putHeader);
    Problem.of(
            ErrorCode.NOT_SIGNED_IN,
            Bearer.of(context.request()).isPresent()
                ? "the token is not known here, has expired or was withdrawn"
                : "this needs a token (Authorization: Bearer …), or a browser that has signed in")
        .answer(context.response());
  }

  private static boolean isBrowser(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT);
    return request.method().equals(HttpMethod.GET)
        && accepted != null
        && accepted.contains("text/html")
        && Bearer.of(request).isEmpty();
  }
}
