package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.submission.ExperimentDraft;
import org.medtransformers.gateway.submission.RunDraft;

/** What an experiment file would start. */
public record DraftView(String name, List<Run> runs, List<String> notices) {

  /**
   * @param learningRate that a search tries; absent where none is searched
   * @param phase which of the trainings that follow each other it is
   * @param follows position of the run whose backbone it begins with; absent where there is none
   * @param config the resolved run file
   */
  public record Run(
      String dataset,
      String backbone,
      String initialisation,
      List<String> labels,
      int repetition,
      long seed,
      Double learningRate,
      Phase phase,
      Integer follows,
      JsonNode config,
      String configSha256) {

    static Run of(PlannedRun run) {
      return new Run(
          run.dataset(),
          run.backbone(),
          run.initialisation(),
          run.labels(),
          run.repetition(),
          run.seed(),
          run.learningRate(),
          run.phase(),
          run.follows(),
          run.file().tree(),
          run.file().sha256());
    }
  }

  static DraftView of(ExperimentDraft draft) {
    List<Run> runs = draft.runs().stream().map(RunDraft::planned).map(Run::of).toList();
    return new DraftView(draft.name(), runs, draft.notices());
  }
}
