package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.EvaluatedRun;
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

  /** The predictions of {@code compared}; empty, with one of {@code notes} why, without any. */
  Optional<EvaluatedRun> read(Compared compared, List<String> notes) {
    RunEntity run = compared.run();
    Path file = artifacts.run(run.id.toString()).resolve(EvaluationResults.PREDICTIONS);
    try {
      return Optional.of(tested(compared, predictions(file)));
    } catch (IOException | IllegalArgumentException e) {
      notes.add(
          "%s: %s #%d is not compared, its %s cannot be used: %s"
              .formatted(
                  run.dataset,
                  compared.model(),
                  run.repetition + 1,
                  EvaluationResults.PREDICTIONS,
                  e.getMessage()));
      return Optional.empty();
    }
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
        compared.run().dataset,
        data.targetMetric(),
        data.task(),
        compared.model(),
        compared.run().seed,
        predictions);
  }
}
