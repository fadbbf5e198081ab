package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.files.RunManifest;
import org.medtransformers.service.path.ModelPaths;

/** The training that a run goes on with. */
@Singleton
public class EarlierSession {
  private final ModelPaths paths;

  EarlierSession(ModelPaths paths) {
    this.paths = paths;
  }

  /**
   * The folder of the run whose session {@code run} goes on with.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_INCOMPATIBLE} if that run has seen other
   *     images
   */
  Path of(TrainingEvent.Requested run) {
    Path folder = paths.require(run.start().path());
    String seen = RunManifest.read(folder).dataset().id();
    if (!seen.equals(run.dataset().id())) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_INCOMPATIBLE,
          "training_params.restore_session: run %s was trained on the prepared data set %s, this one"
                  .formatted(run.start().runId(), seen)
              + " is on "
              + run.dataset().id()
              + ": the images or labels have changed since");
    }
    return folder;
  }
}
