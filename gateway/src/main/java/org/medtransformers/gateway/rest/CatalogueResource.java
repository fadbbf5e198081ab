package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.experiment.Catalogue;
import org.medtransformers.gateway.experiment.ExperimentChange;
import org.medtransformers.gateway.experiment.ExperimentFilter;
import org.medtransformers.gateway.experiment.ExperimentOrder;
import org.medtransformers.gateway.experiment.ExperimentSummary;
import org.medtransformers.service.rest.Paging;

/** Experiments as they are found again: lists of them, what people say of them. */
@Path("/api/v1/experiments")
@Tag(name = "experiments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class CatalogueResource {
  private final Catalogue catalogue;

  CatalogueResource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What narrows a list; each as the request says it, absent without. */
  public static class Wanted {
    @QueryParam("q")
    @Size(max = 200, message = "must be at most 200 characters")
    @Parameter(description = "Is in the name, the owner, a tag or a kind of data set")
    String text;

    @QueryParam("state")
    @Pattern(
        regexp = "RUNNING|SUCCEEDED|FAILED|CANCELLED|",
        message = "must be RUNNING, SUCCEEDED, FAILED or CANCELLED")
    @Parameter(schema = @Schema(implementation = ExperimentState.class))
    String state;

    @QueryParam("dataset")
    @Parameter(description = "Kind of data set, such as APTOS2019 or ImageFolder")
    String dataset;

    @QueryParam("owner")
    String owner;

    @QueryParam("tag")
    String tag;

    @QueryParam("starred")
    @Pattern(regexp = "true|false|", message = "must be true or false")
    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
    String starred;

    @QueryParam("archived")
    @Pattern(regexp = "true|false|", message = "must be true or false")
    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
    String archived;

    ExperimentFilter filter() {
      return new ExperimentFilter(
          text,
          absent(state) ? null : ExperimentState.valueOf(state),
          dataset,
          owner,
          tag,
          absent(starred) ? null : Boolean.valueOf(starred),
          absent(archived) ? null : Boolean.valueOf(archived));
    }

    private static boolean absent(String value) {
      return value == null || value.isEmpty();
    }
  }

  @GET
  @Operation(
      summary = "Experiments, the newest first",
      description = "All of them, or those that the parameters leave, with how far each is.")
  public ExperimentSummary.Page list(
      @Valid @BeanParam Wanted wanted,
      @QueryParam("sort")
          @DefaultValue("-created")
          @Pattern(
              regexp = "-?(created|name|state|owner)",
              message = "must be created, name, state or owner, with - before it for falling")
          String sort,
      @Valid @BeanParam Paging paging) {
    return catalogue.page(
        wanted.filter(), ExperimentOrder.of(sort), paging.number(), paging.items());
  }

  @GET
  @Path("/choices")
  @Operation(summary = "What a list of experiments can be narrowed to: data sets, owners, tags")
  public ExperimentSummary.Choices choices() {
    return catalogue.choices();
  }

  @GET
  @Path("/{id}/summary")
  @Operation(summary = "One experiment as a list has it: its marks, and how far it is")
  public ExperimentSummary summary(String id) {
    return catalogue.summary(id);
  }

  @RolesAllowed(Roles.RESEARCHER)
  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Star, tag or archive an experiment, or note something of it",
      description = "What the body does not name stays as it is.")
  public ExperimentSummary change(
      String id, @NotNull(message = "must say what to change") @Valid ExperimentChange change) {
    return catalogue.change(id, change);
  }
}
