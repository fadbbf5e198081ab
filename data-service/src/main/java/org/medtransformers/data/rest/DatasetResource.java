package org.medtransformers.data.rest;

import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
  public DatasetPage list(@Valid @BeanParam Paging paging) {
    return datasets.page(paging.number(), paging.items());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One prepared data set, with its images per class and part")
  public DatasetView get(String id) {
    return datasets.get(id);
  }
}
