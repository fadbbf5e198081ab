package org.medtransformers.experiment;

import java.util.List;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.result.Phase;

/**
 * One run of an experiment: a resolved run file and its place among the others.
 *
 * @param file without {@code experiment}
 * @param initialisation row label of the comparison: {@code random}, {@code ImageNet}, …
 * @param labels the matrix entries that made this run, and the learning rate that is tried
 * @param repetition from 0
 * @param seed the experiment's seed plus the repetition
 * @param learningRate that a search tries with this run; null where none is searched
 * @param phase which of the trainings of its point it is
 * @param follows position, among all runs, of the one whose backbone it begins with; null where it
 *     begins with what its file says
 */
public record PlannedRun(
    RunFile file,
    String initialisation,
    List<String> labels,
    int repetition,
    long seed,
    Double learningRate,
    Phase phase,
    Integer follows) {

  /** Its name in the experiment file. */
  public String dataset() {
    return file.config().dataset().dataset().label();
  }

  /** Its name in the experiment file. */
  public String backbone() {
    return file.config().model().backbone().label();
  }
}
