package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunManifest;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Learner;
import org.medtransformers.learning.weights.FittedWeights;
import org.medtransformers.learning.weights.ModelWeights;
import org.medtransformers.service.path.ModelPaths;

/** The earlier model that a run begins with. */
@Singleton
public class StartingModel {
  private static final Logger LOG = Logger.getLogger(StartingModel.class);

  private final ModelPaths paths;

  StartingModel(ModelPaths paths) {
    this.paths = paths;
  }

  /**
   * The folder of the run whose session {@code run} goes on with.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_INCOMPATIBLE} if that run has seen other
   *     images
   */
  Path session(TrainingEvent.Requested run) {
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

  /** Puts the weights that {@code start} names into a learner that has learned nothing yet. */
  void load(StartingPoint start, Learner learner) {
    Map<String, Tensor> file = ModelWeights.read(paths.require(start.path()), start.sha256());
    FittedWeights weights =
        switch (start.use()) {
          case BACKBONE -> FittedWeights.start(learner.spec().model(), file, learner.spec().seed());
          case NETWORK -> FittedWeights.trained(learner.spec().model(), file);
          case SESSION -> throw new IllegalArgumentException("a session is more than weights");
        };
    if (!weights.unused().isEmpty()) {
      LOG.warnf("%s: without use here: %s", start.path(), weights.unused());
    }
    learner.network().setState(weights.state());
  }
}
