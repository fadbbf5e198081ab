package org.medtransformers.gateway.prediction;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.comparison.Calculations;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.run.Evaluations;
import org.medtransformers.service.database.Database;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** Reads what runs have said, and keeps that of the last few that were looked at. */
@Singleton
final class PredictedRuns {
  private static final int KEPT = 2;

  /** While it is read, a file takes twice its size; all that are kept have half of the memory. */
  private static final long PARTS_OF_MEMORY = 4L * KEPT;

  private static final long PARTS_OF_HEAP = 2;

  private final Database database;
  private final Evaluations evaluations;
  private final long largest;
  private final Calculations.Known<Version, PredictedRun> known;
  private final Access access;

  PredictedRuns(
      Database database,
      Evaluations evaluations,
      PredictionWork work,
      GatewayConfig config,
      Access access) {
    this.access = access;
    this.database = database;
    this.evaluations = evaluations;
    this.known = work.keeping(KEPT);
    this.largest =
        config
                .comparison()
                .memory()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP)
            / PARTS_OF_MEMORY;
  }

  /**
   * A file as it is now: an evaluation that is repeated replaces it.
   *
   * @param run its id
   */
  record Version(String run, FileTime modified, long bytes) {}

  /** What a run has left to be read. */
  private record Evaluated(RunEntity run, Path file) {}

  /**
   * A run's predictions, and by what they are known.
   *
   * @param sizes of the parts of its data set
   * @param resamples that its file asks for
   */
  record Found(Version version, PredictedRun run, SplitSizes sizes, int resamples) {}

  /**
   * The predictions of a run on the split on which it was measured.
   *
   * @param id of a run, or a model name, which means its latest success
   * @throws MedtransException {@code NOT_FOUND} where there is no such run or it has said nothing
   *     yet, {@code UNAVAILABLE} where they are too many to be held
   */
  Found of(String id) {
    Evaluated evaluated = evaluated(id);
    RunEntity run = evaluated.run();
    Version version = version(run, evaluated.file());
    Split split = run.file().config().medtrans().evaluation().split();
    DatasetDescription dataset = run.prepared.description();
    return new Found(
        version,
        known.of(version, () -> new PredictedRun(dataset, split, read(evaluated.file(), dataset))),
        run.prepared.sizes(),
        run.file().config().medtrans().evaluation().bootstrap());
  }

  private Evaluated evaluated(String id) {
    RunEntity run = database.inTransaction(() -> NamedRuns.require(id, access.scope()));
    Path file = evaluations.file(run.id.toString(), EvaluationResults.PREDICTIONS);
    return new Evaluated(run, file);
  }

  private Version version(RunEntity run, Path file) {
    try {
      Version version =
          new Version(run.id.toString(), Files.getLastModifiedTime(file), Files.size(file));
      if (version.bytes() > largest) {
        throw MedtransException.of(
            ErrorCode.UNAVAILABLE,
            "run %s: found %d MiB of predictions, allowed: %d (medtrans.gateway.comparison.memory); read %s itself"
                .formatted(
                    run.id, version.bytes() >> 20, largest >> 20, EvaluationResults.PREDICTIONS));
      }
      return version;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<PredictedImage> read(Path file, DatasetDescription dataset) {
    int classes = dataset.classes().size();
    try (Reader csv = Files.newBufferedReader(file)) {
      List<PredictedImage> images = PredictionsCsv.read(csv);
      if (images.stream().anyMatch(image -> image.probabilities().size() != classes)) {
        throw new IllegalArgumentException(
            "it is not of the data set's %d classes".formatted(classes));
      }
      return images;
    } catch (IOException | IllegalArgumentException e) {
      throw MedtransException.of(
          ErrorCode.IO_FAILED, "%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }
}
