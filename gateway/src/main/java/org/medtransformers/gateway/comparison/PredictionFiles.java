package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.EvaluatedRun.FoldPredictions;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** What runs said of every test image, as their evaluation has left it. */
@Singleton
final class PredictionFiles {
  /** Some hundred thousand images; more would fill the gateway's memory. */
  private static final long MOST_BYTES = 64L << 20;

  private final Artifacts artifacts;

  PredictionFiles(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * The predictions of {@code pool}'s evaluated runs together; empty, with one of {@code notes}
   * why, where those of any are not to be had.
   */
  Optional<EvaluatedRun> read(Pool pool, List<String> notes) {
    Compared any = pool.evaluated().get(0);
    try {
      return Optional.of(pool.crossValidates() ? pooled(pool) : tested(any, predictions(any)));
    } catch (IOException | IllegalArgumentException e) {
      notes.add(
          "%s: %s #%d is not compared, its %s cannot be used: %s"
              .formatted(
                  any.dataset(),
                  any.model(),
                  any.run().repetition + 1,
                  EvaluationResults.PREDICTIONS,
                  e.getMessage()));
      return Optional.empty();
    }
  }

  private List<PredictedImage> predictions(Compared compared) throws IOException {
    List<PredictedImage> images =
        predictions(
            artifacts.run(compared.run().id.toString()).resolve(EvaluationResults.PREDICTIONS));
    int classes = compared.run().prepared.description().classes().size();
    if (images.stream().anyMatch(image -> image.probabilities().size() != classes)) {
      throw new IOException("it is not of the data set's %d classes".formatted(classes));
    }
    return images;
  }

  private static List<PredictedImage> predictions(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is not there");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          "it has %d bytes, allowed are %d".formatted(Files.size(file), MOST_BYTES));
    }
    return PredictionsCsv.read(Files.readString(file));
  }

  private static EvaluatedRun tested(Compared compared, List<PredictedImage> predictions) {
    DatasetDescription data = compared.run().prepared.description();
    return EvaluatedRun.of(
        compared.dataset(),
        data.targetMetric(),
        data.task(),
        compared.model(),
        compared.run().seed,
        predictions);
  }

  private EvaluatedRun pooled(Pool pool) throws IOException {
    List<FoldPredictions> folds = new ArrayList<>();
    for (Compared run : pool.evaluated()) {
      folds.add(
          new FoldPredictions(
              run.round().orElseThrow().fold(),
              run.run().prepared.sizes().train(),
              predictions(run)));
    }
    Compared any = pool.evaluated().get(0);
    DatasetDescription data = any.run().prepared.description();
    return EvaluatedRun.pooled(
        any.dataset(), data.targetMetric(), data.task(), any.model(), pool.training(), folds);
  }
}
