package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunPage;
import org.medtransformers.contracts.result.TableText;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.comparison.Comparisons;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.report.ReportFormat;
import org.medtransformers.gateway.report.content.ReportForm;
import org.medtransformers.gateway.report.content.Reports;
import org.medtransformers.gateway.submission.Estimates;
import org.medtransformers.gateway.submission.ExperimentDraft;
import org.medtransformers.gateway.submission.Submissions;
import org.medtransformers.service.rest.Paging;

/** Experiments: ask for them, watch them, stop and forget them. */
@Path("/api/v1/experiments")
@Tag(name = "experiments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class ExperimentResource {
  private final Acceptance acceptance;
  private final Submissions submissions;
  private final Estimates estimates;
  private final Experiments experiments;
  private final Comparisons comparisons;
  private final Reports reports;
  private final EventStream events;
  private final int shownRuns;

  ExperimentResource(
      Acceptance acceptance,
      Submissions submissions,
      Estimates estimates,
      Experiments experiments,
      Comparisons comparisons,
      Reports reports,
      EventStream events,
      GatewayConfig config) {
    this.acceptance = acceptance;
    this.submissions = submissions;
    this.estimates = estimates;
    this.experiments = experiments;
    this.comparisons = comparisons;
    this.reports = reports;
    this.events = events;
    this.shownRuns = config.submission().maxShown();
  }

  @RolesAllowed(Roles.RESEARCHER)
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Start an experiment",
      description =
          "The body is the experiment file. The same Idempotency-Key with the same body gives the"
              + " same experiment again.")
  @APIResponse(responseCode = "201", description = "Accepted; Location says where it is")
  @APIResponse(responseCode = "200", description = "Had been accepted before under the same key")
  public Response create(
      @NotNull(message = "must be an experiment document") JsonNode document,
      @HeaderParam("Idempotency-Key")
          @Pattern(regexp = "[\\x21-\\x7e]{1,255}", message = "must be 1 to 255 visible characters")
          String idempotencyKey) {
    return acceptance.of(document, idempotencyKey);
  }

  @RolesAllowed(Roles.RESEARCHER)
  @POST
  @Path("/validate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Check and resolve an experiment file without starting anything",
      description = "Of many runs the first are shown, and how many there would be.")
  public DraftView validate(
      @NotNull(message = "must be an experiment document") JsonNode document) {
    ExperimentDraft draft = submissions.draft(document);
    return DraftView.of(draft, estimates.of(draft), shownRuns);
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One experiment: its first 100 runs with live progress, the comparison so far")
  public ExperimentView get(String id) {
    return experiments.view(id);
  }

  @GET
  @Path("/{id}/document")
  @Operation(summary = "The experiment file, as it was given")
  public String document(String id) {
    return experiments.document(id);
  }

  @GET
  @Path("/{id}/runs")
  @Operation(summary = "The runs of an experiment with live progress, in its own order")
  public RunPage runs(
      String id,
      @QueryParam("state")
          @DefaultValue(RunStates.ALL)
          @Pattern(regexp = RunStates.PATTERN, message = RunStates.ALLOWED)
          @Parameter(description = "Only runs in these states, separated by commas")
          String states,
      @Valid @BeanParam Paging pages) {
    return experiments.runs(id, RunStates.of(states), pages.number(), pages.items());
  }

  @GET
  @Path("/{id}/table")
  @Operation(summary = "The comparison so far: median and standard deviation of the test metric")
  public ComparisonTable table(String id) {
    return experiments.view(id).table();
  }

  @GET
  @Path("/{id}/table")
  @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
  @Operation(hidden = true)
  public String tableText(String id) {
    return TableText.render(experiments.view(id).table());
  }

  @GET
  @Path("/{id}/comparison")
  @Produces({
    MediaType.APPLICATION_JSON,
    MediaType.TEXT_PLAIN,
    "text/markdown",
    "text/csv",
    "application/x-latex"
  })
  @Operation(
      summary = "The comparison so far, with tests of whether it shows more than chance",
      description =
          "As JSON, or as Accept or format say. Other experiments' runs come into the same table.")
  public Response comparison(
      String id,
      @QueryParam("with")
          @Size(max = 50, message = "must be at most 50 experiments")
          @Parameter(description = "Ids of experiments that come into the same table")
          List<String> with,
      @QueryParam("format")
          @Parameter(
              description =
                  "json, text, md, csv (cells), csv-tests, csv-verdicts, csv-ranks, csv-fractions,"
                      + " csv-costs or latex")
          String format,
      @Context HttpHeaders headers) {
    ReportFormat chosen = format == null ? accepted(headers) : ReportFormat.of(format);
    ExperimentComparison comparison =
        comparisons.of(Stream.concat(Stream.of(id), with.stream()).toList());
    return Response.ok(chosen.render(comparison))
        .type(MediaType.valueOf(chosen.mediaType()).withCharset("UTF-8"))
        .build();
  }

  @GET
  @Path("/{id}/report")
  @Produces({"text/html", "text/markdown", "application/x-latex", "application/zip"})
  @Operation(
      summary = "The report of an experiment, to be read, printed and handed in",
      description =
          "Verdict, data, methods, results, figures, limits, the CLAIM 2024 checklist, costs and what"
              + " makes it again. HTML is one file that needs nothing beside itself; zip has all forms,"
              + " figures, tables and files. Of an experiment that has ended always the same bytes, as"
              + " long as its files are kept.")
  @APIResponse(responseCode = "200", description = "The report")
  @APIResponse(
      responseCode = "503",
      description = "Its comparison is being worked out; Retry-After")
  public Response report(
      String id,
      @QueryParam("format") @DefaultValue("html") @Parameter(description = "html, md, latex or zip")
          String format,
      @QueryParam("images")
          @DefaultValue("true")
          @Pattern(regexp = "true|false", message = "must be true or false")
          @Parameter(
              description = "Whether example images are in it",
              schema = @Schema(type = SchemaType.BOOLEAN))
          String images) {
    ReportForm form = ReportForm.of(format);
    return Response.ok(reports.of(id, form, Boolean.parseBoolean(images)))
        .type(form.mediaType())
        .header("Content-Disposition", "inline; filename=\"%s\"".formatted(form.file()))
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static ReportFormat accepted(HttpHeaders headers) {
    return headers.getAcceptableMediaTypes().stream()
        .map(type -> type.getType() + "/" + type.getSubtype())
        .flatMap(type -> ReportFormat.ofMediaType(type).stream())
        .findFirst()
        .orElse(ReportFormat.JSON);
  }

  @RolesAllowed(Roles.RESEARCHER)
  @POST
  @Path("/{id}/cancel")
  @Operation(summary = "Ask every run that has not ended to stop")
  @APIResponse(responseCode = "202", description = "Asked; the runs end when their workers say so")
  public Response cancel(String id) {
    return Response.accepted(experiments.cancel(id)).build();
  }

  @RolesAllowed(Roles.RESEARCHER)
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Forget a finished experiment and delete its runs' artifacts")
  @APIResponse(responseCode = "204", description = "Gone")
  public void delete(String id) {
    experiments.delete(id);
  }

  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Operation(
      summary = "What has happened and happens, as server-sent events",
      description =
          "From the start, or after Last-Event-ID. The stream ends after the experiment has.")
  @APIResponse(responseCode = "503", description = "This client, or all together, has too many")
  public Multi<OutboundSseEvent> events(
      String id,
      @HeaderParam("Last-Event-ID")
          @DefaultValue("0")
          @Min(value = 0, message = "must be an event id")
          long lastEventId,
      @Context HttpServerRequest request) {
    return events.of(id, lastEventId, request.remoteAddress().hostAddress());
  }
}
