package org.medtransformers.data.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.data.service.DatasetPage;
import org.medtransformers.data.service.DatasetView;
import org.medtransformers.data.service.Datasets;

/** What has been prepared. */
@Path("/api/v1/datasets")
@Tag(name = "datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {
  private final Datasets datasets;

  DatasetResource(Datasets datasets) {
    this.datasets = datasets;
  }

  @GET
  @Operation(summary = "All prepared data sets, the newest first")
  public DatasetPage list(
      @QueryParam("page")
          @DefaultValue("0")
          @Pattern(regexp = "\\d{1,6}", message = "must be a page number, from 0")
          String page,
      @QueryParam("size")
          @DefaultValue("20")
          @Pattern(regexp = "[1-9]\\d?|100", message = "must be 1 to 100")
          String size) {
    return datasets.page(Integer.parseInt(page), Integer.parseInt(size));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One prepared data set, with its images per class and part")
  public DatasetView get(String id) {
    return datasets.get(id);
  }
}
