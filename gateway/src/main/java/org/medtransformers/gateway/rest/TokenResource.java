package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.TokenView;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.access.ServiceTokens;
import org.medtransformers.gateway.access.TokenWish;

/** Tokens by which programs ask in somebody's name. */
@Path("/api/v1/tokens")
@Tag(name = "access")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class TokenResource {
  private final ServiceTokens tokens;
  private final Callers callers;

  TokenResource(ServiceTokens tokens, Callers callers) {
    this.tokens = tokens;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a token for a program",
      description =
          "With at most the own role, for at most a year. The token itself is in this answer only.")
  @APIResponse(responseCode = "201", description = "The token")
  public Response make(@NotNull(message = "must be {name, role, days}") @Valid TokenWish wish) {
    NewToken made = tokens.make(callers.current(), wish);
    return Response.status(Response.Status.CREATED)
        .location(URI.create("/api/v1/tokens/" + made.view().id()))
        .entity(made)
        .header("Cache-Control", "no-store")
        .build();
  }

  @GET
  @Operation(summary = "The own tokens, the newest first; an administrator's are all")
  public List<TokenView> list() {
    return tokens.of(callers.current());
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Withdraw a token")
  @APIResponse(responseCode = "204", description = "It is of no use any more")
  public void withdraw(String id) {
    tokens.withdraw(callers.current(), id);
  }
}
