package org.medtransformers.gateway.lifecycle;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.result.Phase;

/**
 * What never changes about a run.
 *
 * @param experiment its name
 * @param file the resolved run file
 * @param maySave whether a copy of the checkpoint may be written to where {@code file} says
 * @param search whether the run only tries a learning rate: it ends with its validation, and that
 *     it diverges is a result
 * @param phase which of the trainings that follow each other it is
 * @param model what to evaluate where nothing is trained
 * @param start what a training begins with, if not with first weights; of a later phase settled
 *     when the one before has succeeded
 */
public record RunPlan(
    String runId,
    String experimentId,
    String experiment,
    long seed,
    RunFile file,
    boolean maySave,
    boolean search,
    Phase phase,
    Optional<TrainedModel> model,
    Optional<StartingPoint> start) {

  /** What workers are told of {@link #file}: no folder that they must not write to. */
  RunConfig config() {
    return maySave ? file.config() : file.config().withoutSaveDir();
  }
}
