package org.medtransformers.gateway.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.File;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.run.EvaluationRequest;
import org.medtransformers.gateway.run.Evaluations;
import org.medtransformers.gateway.run.RunDetail;
import org.medtransformers.gateway.run.Runs;

/** Single runs. */
@Path("/api/v1/runs")
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
  private final Runs runs;
  private final Evaluations evaluations;
  private final Acceptance acceptance;

  RunResource(Runs runs, Evaluations evaluations, Acceptance acceptance) {
    this.runs = runs;
    this.evaluations = evaluations;
    this.acceptance = acceptance;
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One run: its resolved file, progress, metrics and their history",
      description = "By its id, or by a model name, which means its latest success.")
  public RunDetail get(String id) {
    return runs.detail(id);
  }

  @POST
  @Path("/{id}/evaluations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Measure more of a run's model",
      description =
          "An experiment of one run that trains nothing: the run's own file with"
              + " medtrans.evaluation, and whatever else set changes. The same Idempotency-Key with"
              + " the same body gives the same experiment again.")
  @APIResponse(responseCode = "201", description = "Accepted; Location says where it is")
  @APIResponse(responseCode = "200", description = "Had been accepted before under the same key")
  public Response evaluate(
      String id,
      @NotNull(message = "must be {evaluation, set}") EvaluationRequest request,
      @HeaderParam("Idempotency-Key")
          @Pattern(regexp = "[\\x21-\\x7e]{1,255}", message = "must be 1 to 255 visible characters")
          String idempotencyKey) {
    return acceptance.of(evaluations.document(id, request), idempotencyKey);
  }

  @GET
  @Path("/{id}/results")
  @Operation(summary = "All that was measured of the run's model: results.json")
  public File results(String id) {
    return evaluations.file(id, EvaluationResults.FILE).toFile();
  }

  @GET
  @Path("/{id}/files/{name: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "A file of the results, such as predictions.csv or attention/index.json")
  public File file(String id, String name) {
    return evaluations.file(id, name).toFile();
  }
}
