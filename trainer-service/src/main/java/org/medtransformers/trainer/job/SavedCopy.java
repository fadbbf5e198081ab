package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;
import org.medtransformers.files.WholeFile;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.service.path.DataRoots;

/**
 * The copy of the best model that {@code training_params.save_dir} asks for: {@code <save_dir>/<run
 * id>/} with the weights and {@code run.json}. The run's own folder is complete without it, so a
 * folder that may not be written to is a notice.
 */
@Singleton
public class SavedCopy {
  private static final Logger LOG = Logger.getLogger(SavedCopy.class);

  private final DataRoots roots;

  SavedCopy(DataRoots roots) {
    this.roots = roots;
  }

  /**
   * Copies {@code checkpoint}'s weights.
   *
   * @param saveDir as in the run file; nothing happens where it is null or blank
   * @param notices told why there is no copy
   */
  void write(String saveDir, Path runFolder, Path checkpoint, Consumer<String> notices) {
    if (saveDir == null || saveDir.isBlank()) {
      return;
    }
    try {
      Path target = roots.requireWritable(saveDir).resolve(runFolder.getFileName());
      Files.createDirectories(target);
      Path model = checkpoint.resolve(LearnerFiles.MODEL);
      for (Path file : List.of(model, runFolder.resolve(RunManifest.FILE))) {
        WholeFile.write(target.resolve(file.getFileName()), out -> Files.copy(file, out));
      }
      LOG.infof("Copied the best model to %s", target);
    } catch (MedtransException e) {
      notices.accept(failed(runFolder, e.getMessage()));
    } catch (IOException e) {
      notices.accept(failed(runFolder, e.toString()));
    }
  }

  private static String failed(Path runFolder, String reason) {
    return "training_params.save_dir: no copy of the best model of run %s: %s"
        .formatted(runFolder.getFileName(), reason);
  }
}
