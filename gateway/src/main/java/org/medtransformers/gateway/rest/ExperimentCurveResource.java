package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.curve.Axis;
import org.medtransformers.gateway.curve.CurveCharts;
import org.medtransformers.gateway.curve.CurveMetric;
import org.medtransformers.gateway.curve.ExperimentCurves;

/** Curves of an experiment's trainings, with no more points than a chart shows. */
@Path("/api/v1/experiments/{id}/curves")
@Tag(name = "experiments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class ExperimentCurveResource {
  private final CurveCharts charts;

  ExperimentCurveResource(CurveCharts charts) {
    this.charts = charts;
  }

  @GET
  @Operation(
      summary = "The curves of the runs, those of one cell together as mean and band",
      description =
          "x are places by iteration, epoch or seconds since the training began. At each, n runs"
              + " have come so far, mean is the mean of their values, low and high the quantiles 0.1"
              + " and 0.9. Runs that are named are there by themselves too.")
  public ExperimentCurves curves(
      String id,
      @QueryParam("metric")
          @DefaultValue("training_loss")
          @Parameter(
              description =
                  "training_loss, learning_rate, gradient_norm or images_per_second; of the"
                      + " validation split loss, accuracy, precision, recall, f1, cohen_kappa,"
                      + " roc_auc or average_precision")
          String metric,
      @QueryParam("x")
          @DefaultValue("iteration")
          @Pattern(
              regexp = "iteration|epoch|seconds",
              message = "must be iteration, epoch or seconds")
          @Parameter(schema = @Schema(enumeration = {"iteration", "epoch", "seconds"}))
          String x,
      @QueryParam("points")
          @DefaultValue("200")
          @Min(value = 2, message = "must be 2 to 250")
          @Max(value = CurveCharts.MOST, message = "must be 2 to 250")
          int points,
      @QueryParam("run") @Size(max = 50, message = "must be at most 50 runs") List<String> runs) {
    return charts.of(id, CurveMetric.of(metric), Axis.of(x), points, runs);
  }
}
