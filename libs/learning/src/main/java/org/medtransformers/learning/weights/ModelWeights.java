package org.medtransformers.learning.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.training.LearnerFiles;

/** The weights of a model, wherever it comes from. */
public final class ModelWeights {
  private ModelWeights() {}

  /**
   * Reads what lies at {@code path}: a checkpoint, whose weights are verified, the copy of one, or
   * a weight file.
   *
   * @param sha256 of the weight file; null where only the checkpoint's own checksums count
   * @return by the names in the file
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} or {@link
   *     ErrorCode#WEIGHTS_UNREADABLE} if there is no readable model or it is not as it was
   */
  public static Map<String, Tensor> read(Path path, String sha256) {
    try {
      boolean folder = Files.isDirectory(path);
      Path file = folder ? path.resolve(LearnerFiles.MODEL) : path;
      if (sha256 != null && !sha256.equals(Sha256.of(file))) {
        throw MedtransException.of(
            ErrorCode.CHECKPOINT_UNREADABLE,
            "%s has changed since the run was accepted".formatted(file));
      }
      if (folder && (sha256 == null || CheckpointStore.isCheckpoint(path))) {
        CheckpointStore.verify(path, LearnerFiles.MODEL);
      }
      return folder ? LearnerFiles.model(path) : WeightFile.read(file).tensors();
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE, path + ": no readable model: " + e.getMessage(), e);
    }
  }
}
