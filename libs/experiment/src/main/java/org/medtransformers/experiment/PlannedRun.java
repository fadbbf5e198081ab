package org.medtransformers.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.result.Phase;

/**
 * One run of an experiment: a resolved run file and its place among the others.
 *
 * @param file without {@code experiment}
 * @param initialisation row label of the comparison: {@code random}, {@code ImageNet}, …
 * @param labels the matrix entries that made this run, the round of a cross-validation, and the
 *     learning rate that is tried
 * @param repetition from 0
 * @param seed the experiment's seed plus the repetition
 * @param learningRate that a search tries with this run; null where none is searched
 * @param phase which of the trainings of its point it is
 * @param follows position, among all runs, of the one whose backbone it begins with; null where it
 *     begins with what its file says
 */
@JsonPropertyOrder({"dataset", "backbone"})
public record PlannedRun(
    @JsonIgnore RunFile file,
    String initialisation,
    List<String> labels,
    int repetition,
    long seed,
    Double learningRate,
    Phase phase,
    Integer follows) {

  /** What tables call it. */
  @JsonProperty
  public String dataset() {
    return DatasetTitle.withFraction(file.config());
  }

  /** Its name in the experiment file. */
  @JsonProperty
  public String backbone() {
    return file.config().model().backbone().label();
  }

  /** All that its file says. */
  @JsonProperty
  public ObjectNode config() {
    return file.tree();
  }

  /** Of the file's text, in hex. */
  @JsonProperty
  public String configSha256() {
    return file.sha256();
  }
}
