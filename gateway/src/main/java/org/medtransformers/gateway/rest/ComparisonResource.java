package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.proposal.Proposals;

/** Comparisons of whatever lies in a folder, planned by rules. */
@Path("/api/v1/comparisons")
@Tag(name = "comparisons")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESEARCHER)
public class ComparisonResource {
  private final Proposals proposals;
  private final Acceptance acceptance;

  ComparisonResource(Proposals proposals, Acceptance acceptance) {
    this.proposals = proposals;
    this.acceptance = acceptance;
  }

  @POST
  @Path("/plan")
  @Operation(
      summary = "What a comparison would run, and why",
      description =
          "The data are looked at and speeds measured, which trains a few images for some seconds;"
              + " until then 503 with Retry-After, whose detail says how far it is. The same request"
              + " within ten minutes gives the same plan.")
  @APIResponse(responseCode = "200", description = "The plan, with its experiment file")
  @APIResponse(responseCode = "400", description = "Wishes that cannot be, or too little time")
  @APIResponse(responseCode = "422", description = "No data set, several, or too little of it")
  @APIResponse(responseCode = "503", description = "Not through yet")
  public ComparisonPlan plan(
      @NotNull(message = "must be {data, time, question, options}") ComparisonRequest request) {
    return proposals.of(request);
  }

  @POST
  @Operation(
      summary = "Plan a comparison and start it",
      description = "As plan, then as an experiment whose file is that of the plan.")
  @APIResponse(responseCode = "201", description = "Accepted; Location says where it is")
  @APIResponse(responseCode = "200", description = "Had been accepted before under the same key")
  @APIResponse(responseCode = "503", description = "The plan is not through yet")
  public Response start(
      @NotNull(message = "must be {data, time, question, options}") ComparisonRequest request,
      @HeaderParam("Idempotency-Key")
          @Pattern(regexp = "[\\x21-\\x7e]{1,255}", message = "must be 1 to 255 visible characters")
          String idempotencyKey) {
    return acceptance.of(proposals.of(request).document(), idempotencyKey);
  }
}
