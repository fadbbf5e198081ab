package org.medtransformers.gateway.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
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
   * @param row its place in the split, by which its picture is asked for; null where the map is of
   *     other images than the data set has
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
    int images = map.path("images").asInt();
    boolean whole = images == Arrays.stream(Split.values()).mapToInt(found.sizes()::of).sum();
    List<Point> points = new ArrayList<>();
    int shown = map.path("points").size();
    for (int i = 0; i < shown; i++) {
      // As the map was made: of all images, training first, every n-th.
      int place = (int) ((long) i * images / shown);
      Split split = Split.of(map.path("points").path(i).path("split").asText());
      Integer row = whole ? (Integer) (place - before(split, found.sizes())) : null;
      points.add(point(map.path("points").path(i), split, row, found.run()));
    }
    return new EmbeddingView(found.run().dataset().classes(), images, points);
  }

  private static int before(Split split, SplitSizes sizes) {
    return Arrays.stream(Split.values()).takeWhile(s -> s != split).mapToInt(sizes::of).sum();
  }

  private static JsonNode read(Path file) {
    try {
      return Json.parse(Files.readString(file));
    } catch (IOException | UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.IO_FAILED, "%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Point point(JsonNode point, Split split, Integer row, PredictedRun run) {
    String image = point.path("image").asText();
    PredictedImage said =
        row != null && split == run.split() && row < run.images().size()
            ? run.images().get(row)
            : null;
    List<Integer> label = new ArrayList<>();
    point.path("labels").forEach(number -> label.add(number.asInt()));
    return new Point(
        image,
        split,
        row,
        label,
        said != null && said.image().equals(image) ? said.prediction() : null,
        point.path("x").asDouble(),
        point.path("y").asDouble());
  }
}
