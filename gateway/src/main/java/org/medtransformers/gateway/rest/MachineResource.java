package org.medtransformers.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.machine.Machine;
import org.medtransformers.gateway.machine.MachineView;

/** What is done where, and what waits. */
@Path("/api/v1/machine")
@Tag(name = "machine")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class MachineResource {
  private final Machine machine;

  MachineResource(Machine machine) {
    this.machine = machine;
  }

  @GET
  @Blocking
  @Operation(
      summary = "Services with their work and devices, the disk, and what waits for somebody",
      description = "The services are asked meanwhile; one that does not answer soon is told so.")
  public MachineView look() {
    return machine.look();
  }
}
