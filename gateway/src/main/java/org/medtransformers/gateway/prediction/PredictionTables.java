package org.medtransformers.gateway.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.run.Evaluations;
import org.medtransformers.statistics.PredictedImage;

/** Pages of predictions. */
@Singleton
public final class PredictionTables {
  private static final String ATTENTION = "attention/index.json";

  private final PredictedRuns runs;
  private final Evaluations evaluations;

  PredictionTables(PredictedRuns runs, Evaluations evaluations) {
    this.runs = runs;
    this.evaluations = evaluations;
  }

  /**
   * Which predictions are asked for.
   *
   * @param label class that the image shows; null for any
   * @param prediction class that the model says it shows; null for any
   * @param wrong whether only what is predicted wrongly; null for all
   */
  public record Question(Order order, Integer label, Integer prediction, Boolean wrong) {
    private IntPredicate accepts(PredictedRun run) {
      return row -> {
        PredictedImage image = run.images().get(row);
        return (label == null || image.classes().contains(label))
            && (prediction == null || image.prediction().contains(prediction))
            && (wrong == null || run.wrong(row) == wrong);
      };
    }
  }

  /**
   * A page of a run's predictions.
   *
   * @param id of a run, or a model name, which means its latest success
   * @throws MedtransException as {@link PredictedRuns#of}
   */
  public PredictionPage of(String id, Question question, int page, int size) {
    PredictedRuns.Found found = runs.of(id);
    PredictedRun run = found.run();
    int[] rows = run.rows(question.order()).filter(question.accepts(run)).toArray();
    Map<String, String> attention = attention(found.version().run());
    return new PredictionPage(
        run.split(),
        run.dataset().classes(),
        run.images().size(),
        (int) run.rows(Order.ROW).filter(run::wrong).count(),
        IntStream.of(rows)
            .skip((long) page * size)
            .limit(size)
            .mapToObj(row -> item(run, row, attention))
            .toList(),
        page,
        size,
        rows.length);
  }

  private static PredictionPage.Item item(
      PredictedRun run, int row, Map<String, String> attention) {
    PredictedImage image = run.images().get(row);
    return new PredictionPage.Item(
        row,
        image.image(),
        image.group(),
        image.classes(),
        image.prediction(),
        image.probabilities(),
        run.loss(row),
        attention.get(image.image()));
  }

  /** By the image's id the picture of what the model looked at, of the few that have one. */
  private Map<String, String> attention(String run) {
    Map<String, String> files = new HashMap<>();
    try {
      Path index = evaluations.file(run, ATTENTION);
      for (JsonNode entry : Json.parse(Files.readString(index))) {
        files.put(entry.path("image").asText(), entry.path("file").asText());
      }
    } catch (MedtransException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what run " + run + " looked at", e);
    }
    return files;
  }
}
