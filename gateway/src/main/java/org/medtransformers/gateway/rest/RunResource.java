package org.medtransformers.gateway.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.service.RunDetail;
import org.medtransformers.gateway.service.Runs;

/** Single runs. */
@Path("/api/v1/runs")
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
  private final Runs runs;

  RunResource(Runs runs) {
    this.runs = runs;
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One run: its resolved file, progress, metrics and their history",
      description = "By its id, or by a model name, which means its latest success.")
  public RunDetail get(String id) {
    return runs.detail(id);
  }
}
