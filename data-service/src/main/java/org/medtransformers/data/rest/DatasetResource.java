package org.medtransformers.data.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.data.service.BatchGate;
import org.medtransformers.data.service.DatasetFindings;
import org.medtransformers.data.service.DatasetPage;
import org.medtransformers.data.service.DatasetView;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.data.service.Findings;
import org.medtransformers.data.service.Pictures;
import org.medtransformers.service.rest.Paging;

/** What has been prepared. */
@Path("/api/v1/datasets")
@Tag(name = "datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {
  static final String SIZE = "[1-9]\\d{0,2}|10[01]\\d|102[0-4]";
  static final String SIZES = "must be 1 to 1024 pixels";

  private final Datasets datasets;
  private final Findings findings;
  private final Pictures pictures;
  private final BatchGate gate;

  DatasetResource(Datasets datasets, Findings findings, Pictures pictures, BatchGate gate) {
    this.datasets = datasets;
    this.findings = findings;
    this.pictures = pictures;
    this.gate = gate;
  }

  @GET
  @Operation(summary = "All prepared data sets, the newest first")
  public DatasetPage list(@Valid @BeanParam Paging paging) {
    return datasets.page(paging.number(), paging.items());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One prepared data set, with its images per class and part")
  public DatasetView get(String id) {
    return datasets.get(id);
  }

  @GET
  @Path("/{id}/images")
  @Blocking
  @Operation(
      summary = "The images of one part: id, patient or lesion, and what the metadata says",
      description =
          "index is the number by which batches name an image. One page of them; the last is the"
              + " first that is not full.")
  public List<DatasetImage> images(
      String id,
      @QueryParam("split")
          @NotNull(message = "must be train, val or test")
          @Pattern(regexp = "train|val|test", message = "must be train, val or test")
          @Parameter(schema = @Schema(enumeration = {"train", "val", "test"}))
          String split,
      @QueryParam("page")
          @DefaultValue("0")
          @Pattern(regexp = "\\d{1,6}", message = "must be a page number, from 0")
          String page,
      @QueryParam("size")
          @DefaultValue("10000")
          @Pattern(regexp = "[1-9]\\d{0,3}|10000", message = "must be 1 to 10000")
          String size) {
    return datasets.images(id, Split.of(split), Integer.parseInt(page), Integer.parseInt(size));
  }

  @GET
  @Path("/{id}/findings")
  @Blocking
  @Operation(
      summary = "What can make its numbers wrong, image by image",
      description =
          "Duplicates, near duplicates, patients or lesions in several parts, blank images: the"
              + " first of each, the worst before others.")
  public DatasetFindings findings(String id) {
    return gate.alone(() -> findings.of(id));
  }

  @GET
  @Path("/{id}/images/{number}")
  @Produces("image/png")
  @Blocking
  @Operation(summary = "A prepared image")
  public byte[] picture(
      String id,
      @Pattern(regexp = "\\d{1,9}", message = "must be the number of an image, from 0")
          String number,
      @QueryParam("size") @DefaultValue("256") @Pattern(regexp = SIZE, message = SIZES)
          String size) {
    return pictures.of(id, Integer.parseInt(number), Integer.parseInt(size));
  }
}
