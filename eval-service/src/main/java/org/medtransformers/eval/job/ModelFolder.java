package org.medtransformers.eval.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.LearnerFiles;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.service.path.Artifacts;

/** The folder of a trained model that a request names. */
final class ModelFolder {
  private ModelFolder() {}

  /**
   * The weights in {@code folder}.
   *
   * @param folder relative to the artifact root; must lie among the runs, links resolved
   * @throws MedtransException {@link ErrorCode#PATH_NOT_ALLOWED} if it lies elsewhere, {@link
   *     ErrorCode#CHECKPOINT_UNREADABLE} if there is no readable model or a file is not as it was
   *     written
   */
  static Map<String, Tensor> read(Artifacts artifacts, String folder) {
    Path asked = artifacts.resolve(folder);
    try {
      Path runs = artifacts.root().resolve("runs").toRealPath();
      Path real = asked.toRealPath();
      if (!real.startsWith(runs)) {
        throw MedtransException.of(
            ErrorCode.PATH_NOT_ALLOWED, folder + " does not lie among the runs");
      }
      CheckpointStore.verify(real);
      return LearnerFiles.model(real);
    } catch (IOException | MalformedSafetensorsException e) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE, folder + ": no readable model: " + e.getMessage(), e);
    }
  }
}
