package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.access.CallerView;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.access.Roles;

/** Who asks. */
@Path("/api/v1/caller")
@Tag(name = "access")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class CallerResource {
  private final Callers callers;

  CallerResource(Callers callers) {
    this.callers = callers;
  }

  @GET
  @Operation(summary = "Who asks, of which team, and in which role")
  public CallerView caller() {
    Caller caller = callers.current();
    return new CallerView(caller.person(), caller.team(), caller.role());
  }
}
