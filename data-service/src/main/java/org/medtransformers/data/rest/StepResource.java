package org.medtransformers.data.rest;

import io.smallrye.common.annotation.Blocking;
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
import org.medtransformers.data.service.LoaderSteps;
import org.medtransformers.data.service.Steps;

/** What augmentation makes of an image, one transform after the other, for people. */
@Path("/api/v1/loaders/{id}/steps")
@Tag(name = "loaders")
@Blocking
public class StepResource {
  private final Steps steps;

  StepResource(Steps steps) {
    this.steps = steps;
  }

  /** Which view of which image, when. */
  public static class Sample {
    @QueryParam("image")
    @NotNull(message = "must be the number of an image in the prepared index")
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
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "The steps by which one view of an image is made in an epoch",
      description = "Before normalisation; the very random numbers of a training.")
  public LoaderSteps list(@PathParam("id") String id, @Valid @BeanParam Sample sample) {
    return steps.of(
        id,
        Integer.parseInt(sample.image),
        Integer.parseInt(sample.epoch),
        Integer.parseInt(sample.view));
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
      @Valid @BeanParam Sample sample,
      @QueryParam("size")
          @DefaultValue("512")
          @Pattern(regexp = DatasetResource.SIZE, message = DatasetResource.SIZES)
          String size) {
    return steps.picture(
        id,
        Integer.parseInt(sample.image),
        Integer.parseInt(sample.epoch),
        Integer.parseInt(sample.view),
        Integer.parseInt(step),
        Integer.parseInt(size));
  }
}
