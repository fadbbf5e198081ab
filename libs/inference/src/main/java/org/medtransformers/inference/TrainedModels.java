package org.medtransformers.inference;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.training.LearnerFiles;

/**
 * Finds trained models by what the runs' folders say of themselves; no service is asked.
 *
 * @param runs folder with one folder per run
 * @param workingDirectory what relative paths are taken against
 */
public record TrainedModels(Path runs, Path workingDirectory) {
  private static final String CHECKPOINTS = "checkpoints";

  /** Written when a run's model has been evaluated, so the run is a success. */
  private static final String RESULTS = "results.json";

  /**
   * The model that {@code given} means: a run id, a model name (its latest success), or with a
   * slash in it the path of a run's folder, of a checkpoint or of its weights.
   *
   * @param which of a run's checkpoints; without it the one that the run was evaluated with
   * @throws MedtransException {@code NOT_FOUND} if there is no such model
   */
  public ModelFiles find(String given, Optional<Which> which) {
    try {
      if (given.contains(File.separator)) {
        return at(workingDirectory.resolve(given), which);
      }
      Path byId = runs.resolve(given);
      return ofRun(isRun(byId) ? byId : latestSuccess(given), which);
    } catch (InvalidPathException e) {
      throw notFound(given, "it is no path");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + given + ": " + e.getMessage(), e);
    }
  }

  private static ModelFiles at(Path path, Optional<Which> which) throws IOException {
    if (!Files.exists(path)) {
      throw notFound(path, "there is no such file or folder");
    }
    Path real = path.toRealPath();
    Path folder = real.endsWith(LearnerFiles.MODEL) ? real.getParent() : real;
    if (isRun(folder) && Files.isDirectory(folder.resolve(CHECKPOINTS))) {
      return ofRun(folder, which);
    }
    if (which.isPresent()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "--checkpoint chooses among the checkpoints of a run; %s is no run's folder"
              .formatted(path));
    }
    if (isRun(folder) && Files.isRegularFile(folder.resolve(LearnerFiles.MODEL))) {
      return new ModelFiles(RunManifest.read(folder), folder);
    }
    if (CheckpointStore.isCheckpoint(folder)) {
      return new ModelFiles(RunManifest.read(folder.getParent().getParent()), folder);
    }
    throw notFound(
        path,
        "neither a run's folder, nor one of its checkpoints, nor the copy of one with its "
            + RunManifest.FILE);
  }

  private static ModelFiles ofRun(Path folder, Optional<Which> which) throws IOException {
    RunManifest run = RunManifest.read(folder);
    CheckpointStore store = new CheckpointStore(folder.resolve(CHECKPOINTS), 1);
    Optional<Checkpoint> best = store.markedBest();
    boolean byMetric = run.config().training().saveBestModel() && best.isPresent();
    Optional<Checkpoint> chosen =
        switch (which.orElse(byMetric ? Which.BEST : Which.LAST)) {
          case BEST -> best;
          case LAST -> store.last();
        };
    return new ModelFiles(
        run,
        chosen
            .orElseThrow(
                () ->
                    notFound(
                        folder,
                        "the run has left no such checkpoint, or it was removed after medtrans.retention"))
            .folder());
  }

  private Path latestSuccess(String modelName) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(runs)) {
      try (Stream<Path> folders = Files.list(runs)) {
        folders
            .filter(f -> isRun(f) && Files.exists(f.resolve(RESULTS)))
            .filter(f -> modelName.equals(modelName(f)))
            .forEach(found::add);
      }
    }
    return found.stream()
        .max(Comparator.comparing(TrainedModels::evaluatedAt))
        .orElseThrow(
            () ->
                notFound(
                    modelName,
                    "no run in %s has that id, and no successful one that model name"
                        .formatted(runs)));
  }

  /** Null where the folder cannot tell: one damaged run must not hide the others. */
  private static String modelName(Path folder) {
    try {
      return RunManifest.read(folder).config().training().modelName();
    } catch (MedtransException e) {
      return null;
    }
  }

  private static FileTime evaluatedAt(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(RESULTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(RunManifest.FILE));
  }

  private static MedtransException notFound(Object what, String reason) {
    return MedtransException.of(ErrorCode.NOT_FOUND, "%s: %s".formatted(what, reason));
  }
}
