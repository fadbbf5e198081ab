package org.medtransformers.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.RunManifest;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.export.ExportedModel;
import org.medtransformers.learning.export.ModelCard;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.learning.training.LearnerSpec;

/**
 * A trained model on the disk.
 *
 * @param run that trained it
 * @param folder with its weights: a checkpoint, or a copy of its weights
 */
public record ModelFiles(RunManifest run, Path folder) {

  /** The network that the weights are of. */
  public ModelSpec spec() {
    return LearnerSpec.model(run.config(), run.dataset().description());
  }

  /** Reads the model for other programs; throws as {@link #tensors()}. */
  public ExportedModel read() {
    return new ExportedModel(
        spec(), tensors(), ModelCard.of(run, folder.getFileName().toString(), spec()));
  }

  /**
   * Reads the weights, by name. Those of a checkpoint are verified first; a copy of them has no
   * checksums, only its form is checked.
   *
   * @throws MedtransException {@code CHECKPOINT_UNREADABLE} naming what is damaged
   */
  public Map<String, Tensor> tensors() {
    if (CheckpointStore.isCheckpoint(folder)) {
      CheckpointStore.verify(folder, LearnerFiles.MODEL);
    }
    try {
      return LearnerFiles.model(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
