package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.result.Phase;

/**
 * One run of an experiment.
 *
 * @param dataset name in the experiment file
 * @param initialisation row label of the comparison: {@code random}, {@code ImageNet}, …
 * @param labels the matrix entries that made this run, and the learning rate that is tried
 * @param repetition from 0
 * @param seed the experiment's seed plus the repetition
 * @param learningRate that a search tries with this run; null where none is searched
 * @param phase which of the trainings of its point it is
 * @param follows position, among all runs, of the one whose backbone it begins with; null where it
 *     begins with what its file says
 * @param config the resolved run file: defaults filled in, without {@code experiment}
 * @param configSha256 of the resolved file's canonical text, in hex
 */
public record PlannedRun(
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

  /** The typed view of {@link #config}. */
  public RunConfig runConfig() {
    return Json.convert(config, RunConfig.class);
  }
}
