package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
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
 * @param cost of all of them
 */
public record DraftView(String name, List<Run> runs, int total, Cost cost, List<String> notices) {

  /**
   * What the trainings may take, one after the other.
   *
   * @param known runs of whose like there were earlier ones, or that train nothing
   * @param seconds on a device, of those together
   */
  public record Cost(long known, double seconds) {
    private static Cost of(List<OptionalDouble> runs) {
      return new Cost(
          runs.stream().filter(OptionalDouble::isPresent).count(),
          runs.stream().mapToDouble(run -> run.orElse(0)).sum());
    }
  }

  /**
   * @param learningRate that a search tries; absent where none is searched
   * @param phase which of the trainings that follow each other it is
   * @param follows position of the run whose backbone it begins with; absent where there is none
   * @param seconds that its training may take, by earlier ones like it; absent where unknown
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
      Double seconds,
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String config,
      String configSha256) {

    static Run of(PlannedRun run, OptionalDouble seconds) {
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
          seconds.isPresent() ? seconds.getAsDouble() : null,
          run.file().text(),
          run.file().sha256());
    }
  }

  /**
   * @param seconds of each run, empty where unknown
   * @param most runs that are shown
   */
  static DraftView of(ExperimentDraft draft, List<OptionalDouble> seconds, int most) {
    List<RunDraft> all = draft.runs();
    List<Run> first =
        IntStream.range(0, Math.min(most, all.size()))
            .mapToObj(i -> Run.of(all.get(i).planned(), seconds.get(i)))
            .toList();
    return new DraftView(draft.name(), first, all.size(), Cost.of(seconds), draft.notices());
  }
}
