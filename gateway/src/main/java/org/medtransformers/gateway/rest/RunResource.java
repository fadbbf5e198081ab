package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.File;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.run.EvaluationRequest;
import org.medtransformers.gateway.run.Evaluations;
import org.medtransformers.gateway.run.Lineage;
import org.medtransformers.gateway.run.Lineages;
import org.medtransformers.gateway.run.RunDetail;
import org.medtransformers.gateway.run.RunFolder;
import org.medtransformers.gateway.run.RunLog;
import org.medtransformers.gateway.run.Runs;

/** Single runs. */
@Path("/api/v1/runs")
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class RunResource {
  private static final String LINK = "Link";

  private final Runs runs;
  private final Experiments experiments;
  private final Evaluations evaluations;
  private final Acceptance acceptance;
  private final Lineages lineages;
  private final RunFolder folder;
  private final RunLog log;
  private final Optional<URI> grafana;

  RunResource(
      Runs runs,
      Experiments experiments,
      Evaluations evaluations,
      Acceptance acceptance,
      Lineages lineages,
      RunFolder folder,
      RunLog log,
      GatewayConfig config) {
    this.runs = runs;
    this.experiments = experiments;
    this.evaluations = evaluations;
    this.acceptance = acceptance;
    this.lineages = lineages;
    this.folder = folder;
    this.log = log;
    this.grafana = config.grafanaUrl();
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One run: its resolved file, progress, metrics and their history",
      description =
          "By its id, or by a model name, which means its latest success. Where Grafana is known, the"
              + " header Link leads to how it trains.")
  public RestResponse<RunDetail> get(
      String id,
      @QueryParam("curves")
          @DefaultValue("true")
          @Pattern(regexp = "true|false", message = "must be true or false")
          @Parameter(description = "false leaves progress and validations empty")
          String curves) {
    RunDetail detail = runs.detail(id, Boolean.parseBoolean(curves));
    RestResponse.ResponseBuilder<RunDetail> response = RestResponse.ResponseBuilder.ok(detail);
    grafana.ifPresent(base -> response.header(LINK, monitor(base, detail)));
    return response.build();
  }

  /** A link by RFC 5989. */
  private static String monitor(URI grafana, RunDetail detail) {
    return "<%s/d/medtrans-run?var-run=%s>; rel=\"monitor\""
        .formatted(grafana.toString().replaceFirst("/$", ""), detail.run().id());
  }

  @RolesAllowed(Roles.RESEARCHER)
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

  @RolesAllowed(Roles.RESEARCHER)
  @POST
  @Path("/{id}/resume")
  @Operation(
      summary = "Let a run that has failed or was cancelled go on from its last checkpoint",
      description =
          "As the same run; the answer is its experiment, which runs again. Of a run that is at work"
              + " nothing changes.")
  @APIResponse(responseCode = "202", description = "Goes on")
  public Response resume(String id) {
    return Response.accepted(experiments.resume(id)).build();
  }

  @GET
  @Path("/{id}/results")
  @Operation(summary = "All that was measured of the run's model: results.json")
  public File results(String id) {
    return evaluations.file(id, EvaluationResults.FILE).toFile();
  }

  @GET
  @Path("/{id}/lineage")
  @Operation(
      summary = "The run whose model this one began with or tests, and those that use its own",
      description = "Of these the latest hundred, and how many there are.")
  public Lineage lineage(String id) {
    return lineages.of(id);
  }

  @GET
  @Path("/{id}/events")
  @Operation(
      summary = "What happened to the run, in order",
      description = "But for how far it was at each moment. last is where to go on.")
  public RunLog.Page events(
      String id,
      @QueryParam("after")
          @DefaultValue("0")
          @Min(value = 0, message = "must be the id of an event")
          long after,
      @QueryParam("size")
          @DefaultValue("100")
          @Min(value = 1, message = "must be a number from 1 to 1000")
          @Max(value = 1000, message = "must be a number from 1 to 1000")
          int size) {
    return log.of(id, after, size);
  }

  @GET
  @Path("/{id}/files")
  @Operation(
      summary = "The files of the run with their sizes",
      description = "The first thousand by name. Those that are readable can be asked for.")
  public RunFolder.Listing files(String id) {
    return folder.of(id);
  }

  @GET
  @Path("/{id}/files/{name: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "A file of the results, such as predictions.csv or attention/index.json")
  public File file(String id, String name) {
    return evaluations.file(id, name).toFile();
  }
}
