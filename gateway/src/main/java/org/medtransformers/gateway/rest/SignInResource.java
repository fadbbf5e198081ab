package org.medtransformers.gateway.rest;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.PageCookie;
import org.medtransformers.gateway.access.RefusedToken;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.access.SignIn;
import org.medtransformers.gateway.audit.Deed;
import org.medtransformers.gateway.audit.Trail;

/** Where a browser shows who uses it: by a link that is good once, or by a token. */
@Path("/")
@Tag(name = "access")
@Blocking
public class SignInResource {
  private static final String STYLE = style();

  /** It runs nothing, and has no style but its own. */
  private static final String POLICY =
      "default-src 'none'; style-src '%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
          .formatted(hash(STYLE));

  private final Template page;
  private final SignIn signIn;
  private final PageCookie cookie;
  private final Trail trail;
  private final Event<RefusedToken> refused;

  SignInResource(
      @Location("sign-in.html") Template page,
      SignIn signIn,
      PageCookie cookie,
      Trail trail,
      Event<RefusedToken> refused) {
    this.trail = trail;
    this.refused = refused;
    this.page = page;
    this.signIn = signIn;
    this.cookie = cookie;
  }

  private static String style() {
    try (InputStream css = SignInResource.class.getResourceAsStream("/templates/sign-in.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @GET
  @Path("sign-in")
  @PermitAll
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response show(@QueryParam("code") String code, @Context HttpServerRequest request) {
    return code == null
        ? page(Response.Status.OK, "")
        : answer(
            signIn.byLink(code),
            request,
            "This link has been used, or is too old: each is good once, and for a few minutes.");
  }

  @POST
  @Path("sign-in")
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response signIn(@FormParam("token") String token, @Context HttpServerRequest request) {
    return answer(
        Optional.ofNullable(token).map(String::strip).flatMap(signIn::byToken),
        request,
        "This token is not known here, has expired or was withdrawn.");
  }

  private Response answer(Optional<Caller> caller, HttpServerRequest request, String refusal) {
    tell(caller, request.remoteAddress().hostAddress());
    return caller
        .map(
            known ->
                Response.fromResponse(page(Response.Status.OK, null))
                    .cookie(cookie.of(known, request))
                    .build())
        .orElseGet(() -> page(Response.Status.FORBIDDEN, refusal));
  }

  private void tell(Optional<Caller> caller, String remote) {
    caller.ifPresentOrElse(
        known -> trail.done(Deed.of(known, AuditAction.SIGN_IN, null, remote), null),
        () -> refused.fireAsync(new RefusedToken(remote)));
  }

  /**
   * @param refusal null where somebody has signed in: the page leads on then, since a browser that
   *     comes from elsewhere sends no cookie where it is redirected to
   */
  private Response page(Response.Status status, String refusal) {
    return Response.status(status)
        .entity(page.data("style", STYLE).data("refusal", refusal).render())
        .header("Content-Security-Policy", POLICY)
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Path("sign-out")
  @RolesAllowed(Roles.VIEWER)
  @Operation(hidden = true)
  public Response signOut(@Context HttpServerRequest request) {
    return Response.seeOther(URI.create("/sign-in")).cookie(cookie.none(request)).build();
  }
}
