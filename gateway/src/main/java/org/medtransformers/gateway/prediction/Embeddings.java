package org.medtransformers.gateway.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.run.Evaluations;
import org.medtransformers.statistics.PredictedImage;

/** The map of a run's embeddings, with what the model said of those images. */
@Singleton
public final class Embeddings {
  private static final String FILE = "umap.json";

  private final PredictedRuns runs;
  private final Evaluations evaluations;

  Embeddings(PredictedRuns runs, Evaluations evaluations) {
    this.runs = runs;
    this.evaluations = evaluations;
  }

  /**
   * A map in two dimensions.
   *
   * @param classes names
   * @param images how many there are; {@code points} may be of some
   */
  public record EmbeddingView(List<String> classes, int images, List<Point> points) {}

  /**
   * One image.
   *
   * @param row its place in the split, by which its picture is asked for; null where that was not
   *     measured
   * @param label numbers of the classes that it shows
   * @param prediction likewise, as the model says; null where it was not asked
   */
  public record Point(
      String image,
      Split split,
      Integer row,
      List<Integer> label,
      List<Integer> prediction,
      double x,
      double y) {}

  /**
   * The map of a run.
   *
   * @param id of a run, or a model name, which means its latest success
   * @throws MedtransException {@code NOT_FOUND} where none was made
   */
  public EmbeddingView of(String id) {
    PredictedRuns.Found found = runs.of(id);
    JsonNode map = read(evaluations.file(found.version().run(), FILE));
    PredictedRun run = found.run();
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < run.images().size(); row++) {
      rows.put(run.images().get(row).image(), row);
    }
    List<Point> points = new ArrayList<>();
    map.path("points").forEach(point -> points.add(point(point, run, rows)));
    return new EmbeddingView(run.dataset().classes(), map.path("images").asInt(), points);
  }

  private static JsonNode read(Path file) {
    try {
      return Json.parse(Files.readString(file));
    } catch (IOException | UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.IO_FAILED, "%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Point point(JsonNode point, PredictedRun run, Map<String, Integer> rows) {
    Split split = Split.of(point.path("split").asText());
    String image = point.path("image").asText();
    Integer row = split == run.split() ? rows.get(image) : null;
    PredictedImage said = row == null ? null : run.images().get(row);
    List<Integer> label = new ArrayList<>();
    point.path("labels").forEach(number -> label.add(number.asInt()));
    return new Point(
        image,
        split,
        row,
        label,
        said == null ? null : said.prediction(),
        point.path("x").asDouble(),
        point.path("y").asDouble());
  }
}
