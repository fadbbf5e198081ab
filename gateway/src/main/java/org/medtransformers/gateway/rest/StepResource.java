package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.dataset.Augmentations;

/** What a run's training makes of an image, one transform after the other. */
@Path("/api/v1/runs/{id}/steps")
@Tag(name = "runs")
@Blocking
@RolesAllowed(Roles.VIEWER)
public class StepResource {
  private final Augmentations augmentations;

  StepResource(Augmentations augmentations) {
    this.augmentations = augmentations;
  }

  /** Which view of which image, when. */
  public static class Asked {
    @QueryParam("image")
    @NotNull(message = "must be the number of an image of the training split")
    @Pattern(regexp = "\\d{1,9}", message = "must be the number of an image, from 0")
    public String image;

    @QueryParam("epoch")
    @DefaultValue("0")
    @Pattern(regexp = "\\d{1,6}", message = "must be the number of an epoch, from 0")
    public String epoch;

    @QueryParam("view")
    @DefaultValue("0")
    @Pattern(regexp = "\\d{1,3}", message = "must be the number of a view, from 0")
    public String view;

    Augmentations.Sample sample() {
      return new Augmentations.Sample(
          Integer.parseInt(image), Integer.parseInt(epoch), Integer.parseInt(view));
    }
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "The steps by which an image becomes what the network is given in an epoch",
      description = "Before normalisation, with the very random numbers of the training.")
  public JsonNode list(@PathParam("id") String id, @Valid @BeanParam Asked asked) {
    return augmentations.steps(id, asked.sample());
  }

  @GET
  @Path("/{step}")
  @Produces("image/png")
  @Operation(summary = "The image after one of the steps")
  public byte[] picture(
      @PathParam("id") String id,
      @PathParam("step")
          @Pattern(regexp = "\\d{1,3}", message = "must be the number of a step, from 0")
          String step,
      @Valid @BeanParam Asked asked,
      @QueryParam("size")
          @DefaultValue("512")
          @Pattern(regexp = PictureSize.REGEXP, message = PictureSize.MESSAGE)
          String size) {
    return augmentations.picture(
        id, asked.sample(), Integer.parseInt(step), Integer.parseInt(size));
  }
}
