package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.submission.ExperimentDraft;
import org.medtransformers.gateway.submission.RunDraft;

/**
 * What an experiment file would start.
 *
 * @param runs the first of them
 * @param total how many there would be
 */
public record DraftView(String name, List<Run> runs, int total, List<String> notices) {

  /**
   * @param learningRate that a search tries; absent where none is searched
   * @param phase which of the trainings that follow each other it is
   * @param follows position of the run whose backbone it begins with; absent where there is none
   * @param config the resolved run file, as it is kept: its tree would take ten times the memory
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
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String config,
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
          run.file().text(),
          run.file().sha256());
    }
  }

  /**
   * @param most runs that are shown
   */
  static DraftView of(ExperimentDraft draft, int most) {
    List<Run> first =
        draft.runs().stream().limit(most).map(RunDraft::planned).map(Run::of).toList();
    return new DraftView(draft.name(), first, draft.runs().size(), draft.notices());
  }
}
