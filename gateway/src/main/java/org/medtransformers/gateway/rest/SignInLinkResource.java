package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.access.SignInLink;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.access.SignInLinks;

/** Links by which a program lets a browser go on in its place. */
@Path("/api/v1/sign-in-links")
@Tag(name = "access")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class SignInLinkResource {
  private final SignInLinks links;
  private final Callers callers;

  SignInLinkResource(SignInLinks links, Callers callers) {
    this.links = links;
    this.callers = callers;
  }

  @POST
  @Operation(
      summary = "A link that signs a browser in as whoever asks",
      description = "It is good once, and for some minutes.")
  @APIResponse(responseCode = "200", description = "The link; its path is of this gateway")
  public SignInLink make() {
    return links.make(callers.current());
  }
}
