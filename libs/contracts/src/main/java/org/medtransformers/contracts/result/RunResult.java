package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.error.ErrorInfo;

/**
 * One run in {@code --json} output and in the experiment's representation.
 *
 * @param phase which of the trainings that follow each other it is
 * @param costs what training and evaluation have taken
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunResult(
    String id,
    String dataset,
    String backbone,
    String initialisation,
    int repetition,
    long seed,
    Phase phase,
    RunState state,
    ErrorInfo error,
    MetricsBySplit metrics,
    RunCosts costs) {

  /**
   * @param knn weighted nearest neighbours on the validation split, where {@code knn_eval} asked
   *     them; of a run without labels they are {@code val} and {@code test} already
   * @param beginning of a run without labels: {@code val} of the network as it began
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record MetricsBySplit(Metrics val, Metrics test, Metrics knn, Metrics beginning) {}
}
