package org.medtransformers.data.rest;

import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.data.service.BatchGate;
import org.medtransformers.data.service.Loaders;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.batch.Bounds;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.problem.Problem;

/** Loaders and their batches. */
@Path("/api/v1/loaders")
@Tag(name = "loaders")
@Produces(MediaType.APPLICATION_JSON)
public class LoaderResource {
  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  private final Loaders loaders;
  private final BatchGate gate;
  private final Timer time;

  LoaderResource(Loaders loaders, BatchGate gate, Meters meters) {
    this.loaders = loaders;
    this.gate = gate;
    this.time = meters.timer(Metric.BATCH_TIME);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a loader known",
      description = "Its id is the hash of the description, so doing it twice has no effect.")
  @APIResponse(responseCode = "201", description = "New; Location says where it is")
  @APIResponse(responseCode = "200", description = "Was known")
  public Response register(@NotNull(message = "must be a loader's description") LoaderSpec spec) {
    Loaders.Registered registered = loaders.register(spec);
    return Response.status(registered.created() ? Response.Status.CREATED : Response.Status.OK)
        .location(URI.create("/api/v1/loaders/" + registered.loader().id()))
        .entity(registered.loader())
        .build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "A loader's description and its number of batches")
  public LoaderInfo get(String id) {
    return loaders.get(id).info();
  }

  @GET
  @Path("/{id}/epochs/{epoch}/batches/{batch}")
  @Produces(Safetensors.MEDIA_TYPE)
  @Blocking
  @Operation(
      summary = "One batch as safetensors",
      description =
          "view.0, view.1, … [n, channels, height, width] in uint8 beside values.0, values.1, …"
              + " float32 [channels, 256], what each byte stands for, or in float32 alone where"
              + " RandomErasing may act; label int64 [n], or float32 [n, 1] for a binary task and"
              + " [n, classes] where an image shows several; index int64 [n]. Always the same"
              + " bytes.")
  @APIResponse(responseCode = "200", description = "The batch")
  @APIResponse(responseCode = "304", description = "The caller has it already")
  @APIResponse(responseCode = "503", description = "No room for another batch; Retry-After")
  public Response batch(
      String id,
      int epoch,
      int batch,
      @Context Request request,
      @Context HttpServerRequest connection) {
    Batcher batcher = loaders.get(id);
    batcher.requireExists(epoch, batch);
    EntityTag tag = new EntityTag(String.format(Locale.ROOT, "%s-%d-%d", id, epoch, batch));
    Response.ResponseBuilder known = request.evaluatePreconditions(tag);
    Response.ResponseBuilder response =
        known != null
            ? known
            : Response.ok(
                gate.pass(
                    BatchWriter.reader(connection),
                    id,
                    connection.response()::closed,
                    bounds -> timed(batcher, epoch, batch, bounds)));
    return response.tag(tag).cacheControl(immutable()).build();
  }

  /** The wait for its turn is not the batch's, and one that fails takes no time to make. */
  private Safetensors timed(Batcher batcher, int epoch, int batch, Bounds bounds) {
    Timer.Sample begun = Timer.start();
    Safetensors made = batcher.batch(epoch, batch, bounds);
    begun.stop(time);
    return made;
  }

  /** Nobody is there to read it, and nothing is wrong. */
  @ServerExceptionMapper
  Response abandoned(CancellationException e) {
    return Problem.of(ErrorCode.UNAVAILABLE, e.getMessage()).response();
  }

  private static CacheControl immutable() {
    CacheControl control = new CacheControl();
    control.setMaxAge(YEAR_SECONDS);
    control.setNoTransform(true);
    control.getCacheExtension().put("immutable", null);
    return control;
  }
}
