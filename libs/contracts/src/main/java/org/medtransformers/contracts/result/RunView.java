package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.error.ErrorInfo;

/**
 * One run as the REST API shows it: the fields of {@link RunResult}, and how far it is.
 *
 * @param labels the matrix entries that made this run
 * @param phase which of the trainings that follow each other it is
 * @param costs what it has taken so far
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
    String id,
    String dataset,
    String backbone,
    String initialisation,
    List<String> labels,
    int repetition,
    long seed,
    Phase phase,
    RunState state,
    ErrorInfo error,
    RunResult.MetricsBySplit metrics,
    RunCosts costs,
    RunProgress progress) {

  /** The part that lasts. */
  public RunResult result() {
    return new RunResult(
        id,
        dataset,
        backbone,
        initialisation,
        repetition,
        seed,
        phase,
        state,
        error,
        metrics,
        costs);
  }
}
