package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.prediction.Embeddings;
import org.medtransformers.gateway.prediction.ImagePreviews;
import org.medtransformers.gateway.prediction.OperatingPoints;
import org.medtransformers.gateway.prediction.Order;
import org.medtransformers.gateway.prediction.PredictionPage;
import org.medtransformers.gateway.prediction.PredictionTables;

/** What a run's model said of single images. */
@Path("/api/v1/runs/{id}")
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class PredictionResource {
  /** A row of a prepared data set is always the same image. */
  private static final String UNCHANGING = "private, max-age=86400, immutable";

  private final PredictionTables tables;
  private final OperatingPoints points;
  private final Embeddings embeddings;
  private final ImagePreviews previews;

  PredictionResource(
      PredictionTables tables,
      OperatingPoints points,
      Embeddings embeddings,
      ImagePreviews previews) {
    this.tables = tables;
    this.points = points;
    this.embeddings = embeddings;
    this.previews = previews;
  }

  @GET
  @Path("/predictions")
  @Operation(
      summary = "What the model said of the images on which it was measured",
      description = "The most wrong first, by the negative logarithm of the true probability.")
  public PredictionPage predictions(
      String id,
      @QueryParam("sort")
          @DefaultValue("wrong")
          @Pattern(regexp = "wrong|right|row", message = "must be wrong, right or row")
          @Parameter(schema = @Schema(enumeration = {"wrong", "right", "row"}))
          String sort,
      @QueryParam("label")
          @Min(value = 0, message = "must be the number of a class, from 0")
          @Parameter(description = "Only images that show this class")
          Integer label,
      @QueryParam("prediction")
          @Min(value = 0, message = "must be the number of a class, from 0")
          @Parameter(description = "Only images that are said to show this class")
          Integer prediction,
      @QueryParam("wrong")
          @Pattern(regexp = "true|false", message = "must be true or false")
          @Parameter(description = "Only those that are predicted wrongly, or rightly")
          String wrong,
      @QueryParam("page")
          @DefaultValue("0")
          @Min(value = 0, message = "must be a page number, from 0")
          int page,
      @QueryParam("size")
          @DefaultValue("20")
          @Min(value = 1, message = "must be a number from 1 to 100")
          @Max(value = 100, message = "must be a number from 1 to 100")
          int size) {
    Boolean only = wrong == null ? null : Boolean.valueOf(wrong);
    return tables.of(
        id, new PredictionTables.Question(Order.of(sort), label, prediction, only), page, size);
  }

  @GET
  @Path("/operating-points")
  @Operation(
      summary = "Thresholds of a model of two classes, and what each comes to",
      description =
          "By falling threshold, those at which something changes; of more than points, some. An"
              + " image is called positive at a threshold or more. A threshold that is chosen by"
              + " these numbers is not one that was chosen beforehand.")
  @APIResponse(responseCode = "404", description = "Also where there are not two classes")
  public OperatingPoints.Thresholds operatingPoints(
      String id,
      @QueryParam("points")
          @DefaultValue("200")
          @Min(value = 2, message = "must be 2 to 1000")
          @Max(value = 1000, message = "must be 2 to 1000")
          int most) {
    return points.of(id, most);
  }

  @GET
  @Path("/operating-point")
  @Operation(
      summary = "What one threshold comes to, with intervals",
      description = "By the resamples of the run's other intervals, the threshold being fixed.")
  public OperatingPoints.AtThreshold operatingPoint(
      String id,
      @QueryParam("threshold")
          @NotNull(message = "must be a probability, 0 to 1")
          @Pattern(
              regexp = "1(\\.0{1,20})?|0?\\.\\d{1,20}|0|[1-9](\\.\\d{1,20})?[eE]-\\d{1,3}",
              message = "must be a probability, 0 to 1")
          @Parameter(schema = @Schema(type = SchemaType.NUMBER))
          String threshold) {
    return points.at(id, Double.parseDouble(threshold));
  }

  @GET
  @Path("/embeddings")
  @Operation(
      summary = "The map of the embeddings, with what was said of the images",
      description = "Where the evaluation was asked for one (medtrans.evaluation.umap).")
  public Embeddings.EmbeddingView embeddings(String id) {
    return embeddings.of(id);
  }

  @GET
  @Path("/images/{row: \\d{1,6}}")
  @Produces("image/png")
  @Operation(
      summary = "One image as the model saw it, before normalisation",
      description = "By its place in the split on which the run is measured, or in another.")
  @APIResponse(responseCode = "503", description = "The data-service does not answer")
  public Response image(
      String id,
      int row,
      @QueryParam("split")
          @Pattern(regexp = "train|val|test", message = "must be train, val or test")
          @Parameter(schema = @Schema(enumeration = {"train", "val", "test"}))
          String split) {
    return Response.ok(previews.png(id, split == null ? null : Split.of(split), row))
        .header("Cache-Control", UNCHANGING)
        .build();
  }
}
