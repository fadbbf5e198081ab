package org.medtransformers.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.service.access.Bearer;
import org.medtransformers.service.database.DatabaseException;
import org.medtransformers.service.problem.Problem;

/**
 * Finds out who asks: by a token, or by the cookie of a browser that has signed in. A token that is
 * none of ours may be known to another mechanism.
 */
@Singleton
public final class CallerMechanism implements HttpAuthenticationMechanism {
  private final Installation installation;
  private final ServiceTokens tokens;
  private final PageCookie cookie;
  private final BlockingSecurityExecutor blocking;

  CallerMechanism(
      Installation installation,
      ServiceTokens tokens,
      PageCookie cookie,
      BlockingSecurityExecutor blocking) {
    this.installation = installation;
    this.tokens = tokens;
    this.cookie = cookie;
    this.blocking = blocking;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    Optional<Caller> everybody = installation.everybody();
    if (everybody.isPresent()) {
      return Uni.createFrom().item(identity(everybody.get()));
    }
    HttpServerRequest request = context.request();
    Uni<SecurityIdentity> found =
        Bearer.of(request).map(this::ofToken).orElseGet(() -> ofCookie(request));
    return found.onFailure(DatabaseException.class).recoverWithUni(() -> unavailable(context));
  }

  private Uni<SecurityIdentity> ofToken(String token) {
    Optional<Caller> owner = installation.owner(token);
    if (owner.isPresent()) {
      return Uni.createFrom().item(identity(owner.get()));
    }
    if (installation.opensMetrics(token)) {
      return Uni.createFrom().item(identity(() -> Gate.METRICS, Set.of(Gate.METRICS)));
    }
    return ServiceTokens.isOne(token)
        ? known(() -> tokens.owner(token))
            .onItem()
            .ifNull()
            .failWith(() -> new AuthenticationFailedException("unknown token"))
        : Uni.createFrom().nullItem();
  }

  private Uni<SecurityIdentity> ofCookie(HttpServerRequest request) {
    Optional<Caller> caller = cookie.read(request);
    // Who came with a token stays as long as that is good.
    return caller.filter(c -> c.token() != null).isPresent()
        ? known(() -> caller.filter(c -> tokens.isGood(c.token())))
        : Uni.createFrom().item(caller.map(CallerMechanism::identity).orElse(null));
  }

  private Uni<SecurityIdentity> known(Supplier<Optional<Caller>> lookUp) {
    return blocking.executeBlocking(() -> lookUp.get().map(CallerMechanism::identity).orElse(null));
  }

  private static SecurityIdentity identity(Caller caller) {
    return identity(caller, caller.role().labels());
  }

  private static SecurityIdentity identity(Principal principal, Set<String> roles) {
    return QuarkusSecurityIdentity.builder().setPrincipal(principal).addRoles(roles).build();
  }

  private static Uni<SecurityIdentity> unavailable(RoutingContext context) {
    Problem.of(ErrorCode.UNAVAILABLE, "the database is away, which knows tokens; try again")
        .answer(context.response());
    return Uni.createFrom().nothing();
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    Gate.askWho(context);
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(Gate.CHALLENGE);
  }
}
