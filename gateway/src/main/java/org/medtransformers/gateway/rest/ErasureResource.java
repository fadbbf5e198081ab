package org.medtransformers.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.erasure.Erasure;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.erasure.ErasureWish;
import org.medtransformers.gateway.erasure.Erasures;

/** Erasing a patient's images. */
@Path("/api/v1/erasures")
@Tag(name = "data sets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class ErasureResource {
  private final Erasures erasures;

  ErasureResource(Erasures erasures) {
    this.erasures = erasures;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      summary = "Erase a patient's or lesion's images, or one, from all that was derived from them",
      description =
          "Prepared data sets that hold any go whole and are prepared again without them; predictions,"
              + " maps and pictures of runs go. Asking again changes nothing. What is not done when"
              + " this answers (done=false) goes on by itself. With dryRun=true it is only told.")
  @APIResponse(responseCode = "200", description = "What was found, and what stays")
  @APIResponse(responseCode = "409", description = "A run that has not ended uses such images")
  public Erasure erase(
      @NotNull(message = "must be {thing, name, dataset, dryRun}") @Valid ErasureWish wish) {
    return erasures.erase(wish);
  }
}
