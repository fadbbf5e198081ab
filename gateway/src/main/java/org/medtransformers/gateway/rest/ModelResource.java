package org.medtransformers.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
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
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.ImagePrediction;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.model.ModelDetail;
import org.medtransformers.gateway.model.ModelPage;
import org.medtransformers.gateway.model.Models;
import org.medtransformers.service.rest.Paging;

/** Trained models: look at them, take them elsewhere, ask them about an image. */
@Path("/api/v1/models")
@Tag(name = "models")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.VIEWER)
public class ModelResource {
  private final Models models;

  ModelResource(Models models) {
    this.models = models;
  }

  @GET
  @Operation(summary = "All trained models, the newest first")
  public ModelPage list(
      @QueryParam("name")
          @DefaultValue("")
          @Size(max = 200, message = "must be a part of a name, of at most 200 characters")
          @Parameter(description = "A part of the model's name")
          String name,
      @Valid @BeanParam Paging page) {
    return models.page(name, page.number(), page.items());
  }

  @GET
  @Path("/{name}")
  @Operation(
      summary = "One model: data, split, metrics, and where it is used",
      description = "By its name, which means the latest, or by the id of the run that trained it.")
  public ModelDetail get(@PathParam("name") String name) {
    return models.get(name);
  }

  @GET
  @Path("/{name}/export")
  @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
  @Operation(summary = "The model as a file for other programs")
  @APIResponse(responseCode = "200", description = "The file")
  @APIResponse(responseCode = "503", description = "The eval-service does not answer, or is busy")
  public Response export(
      @PathParam("name") String name,
      @QueryParam("format")
          @NotNull(message = "must be safetensors or torchscript")
          @Pattern(
              regexp = "safetensors|torchscript",
              message = "must be safetensors or torchscript")
          @Parameter(schema = @Schema(enumeration = {"safetensors", "torchscript"}))
          String format) {
    HttpResponse<InputStream> file = models.export(name, format);
    Response.ResponseBuilder response =
        Response.ok(file.body(), MediaType.APPLICATION_OCTET_STREAM_TYPE);
    file.headers()
        .firstValue(HttpHeaders.CONTENT_DISPOSITION)
        .ifPresent(named -> response.header(HttpHeaders.CONTENT_DISPOSITION, named));
    return response.build();
  }

  @RolesAllowed(Roles.RESEARCHER)
  @POST
  @Path("/{name}/predictions")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "What a model says of the image that is the body",
      description = "PNG, JPEG, PGM, PPM or DICOM. Research only: no diagnosis may be based on it.")
  @APIResponse(responseCode = "200", description = "The probability of each class")
  @APIResponse(responseCode = "422", description = "The body is no image that can be read")
  public ImagePrediction predict(
      @PathParam("name") String name,
      @QueryParam("attention")
          @DefaultValue("false")
          @Pattern(regexp = "true|false", message = "must be true or false")
          String attention,
      InputStream image) {
    return models.predict(name, image, Boolean.parseBoolean(attention));
  }
}
