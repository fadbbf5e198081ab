package org.medtransformers.gateway.audit;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.audit.Rehearsal;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.service.database.DatabaseException;
import org.medtransformers.service.problem.Problem;

/**
 * Writes a line before a request of {@link Audited} is answered, without which it is not, and one
 * of what came of it: so nothing is done of which nothing is told, though the gateway be killed
 * meanwhile.
 */
@Provider
public class AuditFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final Logger LOG = Logger.getLogger(AuditFilter.class);
  private static final String ASKED = AuditFilter.class.getName();
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** Asked for at run time only: providers are made before anything is configured. */
  private final Instance<Trail> trail;

  private final Instance<Callers> callers;
  private final CurrentVertxRequest current;

  AuditFilter(Instance<Trail> trail, Instance<Callers> callers, CurrentVertxRequest current) {
    this.trail = trail;
    this.callers = callers;
    this.current = current;
  }

  private record Asked(Deed deed, Long line) {}

  @Override
  public void filter(ContainerRequestContext request) {
    deed(request)
        .ifPresent(deed -> request.setProperty(ASKED, new Asked(deed, trail.get().asked(deed))));
  }

  private Optional<Deed> deed(ContainerRequestContext request) {
    return Audited.find(request.getMethod(), path(request))
        .map(
            found ->
                Deed.of(
                    callers.get().find().orElse(null), found.action(), found.object(), remote()));
  }

  /** However many slashes somebody puts where there is one. */
  private static String path(ContainerRequestContext request) {
    return ("/" + request.getUriInfo().getPath()).replaceAll("/+", "/");
  }

  private String remote() {
    return current.getCurrent().request().remoteAddress().hostAddress();
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    // Who is refused for a role has not come to the first line.
    Optional<Asked> asked =
        request.getProperty(ASKED) instanceof Asked told
            ? Optional.of(told)
            : deed(request).map(deed -> new Asked(deed, null));
    asked.ifPresent(a -> tell(a, response));
  }

  /** It is done, or is not: that this cannot be told changes nothing of it. */
  private void tell(Asked asked, ContainerResponseContext response) {
    try {
      trail.get().ended(asked.deed(), asked.line(), result(response), detail(response));
    } catch (DatabaseException e) {
      LOG.errorf(e, "What came of line %s of the audit trail is not told", asked.line());
    }
  }

  private static AuditResult result(ContainerResponseContext response) {
    int status = response.getStatus();
    if (status >= SERVER_ERROR) {
      return AuditResult.FAILED;
    }
    return status >= CLIENT_ERROR ? AuditResult.REFUSED : AuditResult.DONE;
  }

  /** Why not, or what was made, or that nothing was. */
  private static String detail(ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem) {
      return problem.code().name();
    }
    if (response.getStatus() >= CLIENT_ERROR) {
      return Integer.toString(response.getStatus());
    }
    if (response.getEntity() instanceof Rehearsal rehearsal && rehearsal.dryRun()) {
      return "dry run";
    }
    URI made = response.getLocation();
    return made == null ? null : made.getPath().replaceFirst(".*/", "");
  }
}
