package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.curve.CurveCharts;
import org.medtransformers.gateway.curve.RunCurves;

/** Curves of a training, with no more points than a chart shows. */
@Path("/api/v1/runs/{id}/curves")
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class RunCurveResource {
  private final CurveCharts charts;

  RunCurveResource(CurveCharts charts) {
    this.charts = charts;
  }

  @GET
  @Operation(
      summary = "The curves of one run between two iterations, in columns",
      description =
          "Of more points than are asked for, some at equal distances: between nearer iterations"
              + " there are more.")
  public RunCurves curves(
      String id,
      @QueryParam("from") @DefaultValue("0") @Min(value = 0, message = "must be an iteration")
          int from,
      @QueryParam("to")
          @DefaultValue("2147483647")
          @Min(value = 0, message = "must be an iteration")
          int to,
      @QueryParam("points")
          @DefaultValue("500")
          @Min(value = 1, message = "must be 1 to 2000")
          @Max(value = 2000, message = "must be 1 to 2000")
          int points) {
    return charts.of(id, from, to, points);
  }
}
