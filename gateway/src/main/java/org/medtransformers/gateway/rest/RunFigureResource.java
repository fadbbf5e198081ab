package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.figure.Figures;

/** Figures of runs. */
@Path("/api/v1/runs/{id}/figures")
@Tag(name = "runs")
@RolesAllowed(Roles.VIEWER)
public class RunFigureResource {
  private final Figures figures;

  RunFigureResource(Figures figures) {
    this.figures = figures;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The figures that there are so far")
  @APIResponse(responseCode = "503", description = "They are being worked out; ask again")
  public List<FigureView> list(String id) {
    return figures.ofRun(id).stream().map(FigureView::of).toList();
  }

  @GET
  @Path("/{name}.svg")
  @Produces("image/svg+xml")
  @Operation(summary = "A figure, self-contained and without script")
  public Response svg(String id, String name, @Context Request request) {
    return FigureAnswer.svg(Figures.named(figures.ofRun(id), name), request);
  }

  @GET
  @Path("/{name}.csv")
  @Produces("text/csv")
  @Operation(summary = "The numbers of a figure")
  public Response csv(String id, String name, @Context Request request) {
    return FigureAnswer.csv(Figures.named(figures.ofRun(id), name), request);
  }
}
