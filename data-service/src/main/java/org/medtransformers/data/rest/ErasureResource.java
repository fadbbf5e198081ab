package org.medtransformers.data.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.service.Erasures;

/** Erasing images from what was prepared, as the gateway leads it. */
@Path("/api/v1/erasures")
@Tag(name = "datasets")
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {
  private final Erasures erasures;

  ErasureResource(Erasures erasures) {
    this.erasures = erasures;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      summary = "Look for the images of a group, keep them from being prepared, or remove them",
      description =
          "Prepared sets that hold any go whole. Whoever asks makes sure that no run needs them.")
  public DataErasure carryOut(
      @NotNull(message = "must be {step, thing, name}") DataErasure.Order order) {
    if (order.step() == null
        || order.thing() == null
        || order.name() == null
        || order.name().isEmpty()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "an erasure needs step, thing and name");
    }
    return erasures.carryOut(order);
  }
}
