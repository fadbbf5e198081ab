package org.medtransformers.gateway.comparison;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.EvaluatedRun.FoldPredictions;
import org.medtransformers.statistics.Outcomes;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** What runs said of every test image, as their evaluation has left it. */
@Singleton
public final class PredictionFiles {
  /** While it is read, a file takes twice its size, with the images' names; then half of it. */
  private static final long WHILE_READ = 2;

  private static final long PARTS_KEPT = 2;
  private static final long PARTS_OF_HEAP = 2;

  private final Artifacts artifacts;
  private final long memory;

  PredictionFiles(Artifacts artifacts, GatewayConfig config) {
    this.artifacts = artifacts;
    this.memory =
        config
            .comparison()
            .memory()
            .map(MemorySize::asLongValue)
            .orElse(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
  }

  /** Whether the predictions of {@code pools}, of one data set, can be held together. */
  boolean fit(List<Pool> pools) {
    return needed(pools) <= memory;
  }

  /** Why they do not {@link #fit}. */
  String tooLarge(List<Pool> pools) {
    return "their predictions would take %d MiB of memory, allowed: %d (medtrans.gateway.comparison.memory)"
        .formatted(needed(pools) >> 20, memory >> 20);
  }

  /** Bytes of memory. */
  private long needed(List<Pool> pools) {
    long all = 0;
    long largest = 0;
    for (Pool pool : pools) {
      // All folds of a division are read before any is put together.
      long own = pool.evaluated().stream().mapToLong(run -> file(run).toFile().length()).sum();
      all += own;
      largest = Math.max(largest, own);
    }
    return all / PARTS_KEPT + largest * WHILE_READ;
  }

  private Path file(Compared compared) {
    return artifacts.run(compared.run().id.toString()).resolve(EvaluationResults.PREDICTIONS);
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

  /**
   * What one run said of its test images; empty where that is not to be had or too large.
   *
   * @param compared that has been evaluated
   */
  public Optional<Outcomes> outcomes(Compared compared) {
    if (file(compared).toFile().length() * (WHILE_READ + 1) > memory) {
      return Optional.empty();
    }
    try {
      Task task = compared.run().prepared.description().task();
      return Optional.of(Outcomes.of(task, predictions(compared)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private List<PredictedImage> predictions(Compared compared) throws IOException {
    List<PredictedImage> images = predictions(file(compared));
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
    try (Reader csv = Files.newBufferedReader(file)) {
      return PredictionsCsv.read(csv);
    }
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
