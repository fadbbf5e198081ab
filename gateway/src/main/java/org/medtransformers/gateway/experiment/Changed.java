package org.medtransformers.gateway.experiment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/**
 * What has changed, as it is now.
 *
 * @param place after which to look the next time
 * @param gone ids of experiments that are no more, or not to be seen any more
 * @param missed whether there may be more than is told here
 */
public record Changed(
    ChangePlace place,
    List<OfExperiment> experiments,
    List<String> gone,
    List<OfRun> runs,
    boolean missed) {

  /**
   * An experiment that was accepted, ended or goes on, or of which a run has changed.
   *
   * @param counts of its runs, by state
   * @param progress mean over its runs of the share of the training that is done, 0 to 1
   */
  @RegisterForReflection
  public record OfExperiment(
      String id, ExperimentState state, Map<RunState, Long> counts, double progress) {}

  /** An experiment that is no more. */
  @RegisterForReflection
  public record Deleted(String id) {}

  /** A run. */
  @RegisterForReflection
  public record OfRun(String id, String experimentId, RunState state, RunProgress progress) {}
}
