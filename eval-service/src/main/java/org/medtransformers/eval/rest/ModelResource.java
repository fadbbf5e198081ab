package org.medtransformers.eval.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ImagePrediction;
import org.medtransformers.eval.model.Exports;
import org.medtransformers.eval.model.Models;

/** What trained models are good for: asked about an image, or taken elsewhere. */
@Path("/api/v1/models/{run}")
@Blocking
public class ModelResource {
  /** No path: only what lies among the runs is read. */
  private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._+-]{0,199}";

  private static final String NAMES = "must be the id of a run or the name of a model";

  private final Models models;
  private final Exports exports;

  ModelResource(Models models, Exports exports) {
    this.models = models;
    this.exports = exports;
  }

  /** The file of a model, for other programs; it goes out as it is made. */
  @GET
  @Path("/export")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response export(
      @PathParam("run") @Pattern(regexp = NAME, message = NAMES) String run,
      @QueryParam("format")
          @NotNull(message = "must be safetensors or torchscript")
          @Pattern(
              regexp = "safetensors|torchscript",
              message = "must be safetensors or torchscript")
          String format) {
    Exports.Export export = exports.begin(run, Exports.Format.of(format));
    StreamingOutput body =
        out -> {
          try (export) {
            export.write(out);
          }
        };
    return Response.ok(body)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.file() + "\"")
        .build();
  }

  /** What a model says of the image that is the body. */
  @POST
  @Path("/predictions")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public ImagePrediction predict(
      @PathParam("run") @Pattern(regexp = NAME, message = NAMES) String run,
      @QueryParam("attention")
          @DefaultValue("false")
          @Pattern(regexp = "true|false", message = "must be true or false")
          String attention,
      InputStream image)
      throws IOException, InterruptedException {
    return models.predict(run, bytes(image), Boolean.parseBoolean(attention));
  }

  private byte[] bytes(InputStream image) throws IOException {
    int most = Math.toIntExact(models.mostBytes());
    byte[] file = image.readNBytes(most + 1);
    if (file.length > most) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE,
          "the image has more than %d bytes, which is what is allowed".formatted(most));
    }
    return file;
  }
}
