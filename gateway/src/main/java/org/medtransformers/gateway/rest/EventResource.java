package org.medtransformers.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.gateway.access.Roles;

/** What changes, as one stream. */
@Path("/api/v1/events")
@Tag(name = "experiments")
@RolesAllowed(Roles.VIEWER)
public class EventResource {
  private final ChangeStream changes;

  EventResource(ChangeStream changes) {
    this.changes = changes;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Operation(
      summary = "Whatever changes of experiments and runs, as server-sent events",
      description =
          "From now on, or after Last-Event-ID or else after. Each experiment and run as it is, at"
              + " most four times a second. The stream does not end.")
  @APIResponse(responseCode = "503", description = "This client, or all together, has too many")
  public Multi<OutboundSseEvent> events(
      @HeaderParam("Last-Event-ID") @Min(value = 0, message = "must be an event id")
          Long lastEventId,
      @QueryParam("after") @Min(value = 0, message = "must be an event id") Long after,
      @QueryParam("experiment") @Parameter(description = "Only of this experiment")
          String experiment,
      @Context HttpServerRequest request) {
    Long place = lastEventId == null ? after : lastEventId;
    return changes.of(place, experiment, request.remoteAddress().hostAddress());
  }
}
