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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.dataset.DatasetLooks;
import org.medtransformers.service.rest.Paging;

/** Prepared data sets, as the data-service knows them, with the runs that they were for. */
@Path("/api/v1/datasets")
@Tag(name = "data sets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.VIEWER)
public class DatasetResource {
  private static final String ID = "[0-9a-f]{1,64}";
  private static final String IDS = "must be the id of a prepared data set";

  private final DatasetLooks datasets;

  DatasetResource(DatasetLooks datasets) {
    this.datasets = datasets;
  }

  @GET
  @Operation(summary = "All prepared data sets, the newest first")
  public JsonNode list(@Valid @BeanParam Paging page) {
    return datasets.page(page.number(), page.items());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One prepared data set, and the newest of the runs that it was for")
  public JsonNode get(@PathParam("id") @Pattern(regexp = ID, message = IDS) String id) {
    return datasets.get(id);
  }

  @GET
  @Path("/{id}/findings")
  @Operation(
      summary = "What can make its numbers wrong, image by image",
      description = "Duplicates, near duplicates, patients in several parts, blank images.")
  public JsonNode findings(@PathParam("id") @Pattern(regexp = ID, message = IDS) String id) {
    return datasets.findings(id);
  }

  @GET
  @Path("/{id}/images")
  @Operation(summary = "The images of one part")
  public JsonNode images(
      @PathParam("id") @Pattern(regexp = ID, message = IDS) String id,
      @QueryParam("split")
          @NotNull(message = "must be train, val or test")
          @Pattern(regexp = "train|val|test", message = "must be train, val or test")
          @Parameter(schema = @Schema(enumeration = {"train", "val", "test"}))
          String split,
      @Valid @BeanParam Paging page) {
    return datasets.images(id, Split.of(split), page.number(), page.items());
  }

  @GET
  @Path("/{id}/images/{number}")
  @Produces("image/png")
  @Operation(summary = "A prepared image")
  public byte[] picture(
      @PathParam("id") @Pattern(regexp = ID, message = IDS) String id,
      @PathParam("number")
          @Pattern(regexp = "\\d{1,9}", message = "must be the number of an image, from 0")
          String number,
      @QueryParam("size")
          @DefaultValue("256")
          @Pattern(regexp = PictureSize.REGEXP, message = PictureSize.MESSAGE)
          String size) {
    return datasets.picture(id, Integer.parseInt(number), Integer.parseInt(size));
  }
}
