package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;

/**
 * All that was measured of a run's model, {@code results.json}. What the run's file did not ask for
 * is null.
 *
 * @param neighbours whose votes {@code metrics} are of, where the model was trained without labels
 * @param intervals of {@code metrics}; null without resamples
 * @param classes each by itself
 * @param operatingPoint of two classes; null with others, or where the validation split has not
 *     both
 * @param subgroups of the images, by attribute and value; empty where the metadata has none
 * @param knn classification of the embeddings by their neighbours in the training split
 * @param linear a linear classifier on the frozen embeddings
 * @param warnings what a reader of the numbers must know
 */
public record EvaluationResults(
    @JsonUnwrapped Origin origin,
    Metrics metrics,
    Vote neighbours,
    Intervals intervals,
    List<ClassMetrics> classes,
    Calibration calibration,
    @JsonProperty("operating_point") OperatingPoint operatingPoint,
    List<Subgroup> subgroups,
    NearestNeighbours knn,
    LinearProbe linear,
    List<String> warnings) {
  /** The file's name in a run's folder. */
  public static final String FILE = "results.json";

  /** The file of predictions, one line per image, in the same folder. */
  public static final String PREDICTIONS = "predictions.csv";

  /** The same of the validation split, where an operating point is chosen by it. */
  public static final String VALIDATION_PREDICTIONS = "predictions-val.csv";

  /** Files of before these parts have none. */
  public EvaluationResults {
    classes = classes == null ? List.of() : List.copyOf(classes);
    subgroups = subgroups == null ? List.of() : List.copyOf(subgroups);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /**
   * What was measured on what.
   *
   * @param projectName and {@code runName}: what people call the run, as {@code log_params} says;
   *     null in files of before
   * @param configSha256 of the resolved run file; null where the request did not say
   * @param checkpoint folder of the model, relative to the artifact root
   * @param dataset with its split sizes
   * @param split on which was measured
   * @param predictions the file with one line per image, in the same folder
   */
  public record Origin(
      String runId,
      String projectName,
      String runName,
      String configSha256,
      String checkpoint,
      PreparedDataset dataset,
      Split split,
      String predictions) {}

  /** Of how many neighbours in the training split, and how they are weighted. */
  public record Vote(int k, double temperature) {}

  /** Images with the same value of an attribute, such as sex, age or site. */
  public record Subgroup(String attribute, String value, Metrics metrics, Intervals intervals) {}

  /**
   * Weighted nearest neighbours.
   *
   * @param k the number of neighbours, chosen on the validation split
   * @param candidates that it was chosen from
   */
  public record NearestNeighbours(
      int k, double temperature, List<TriedK> candidates, Metrics metrics, Intervals intervals) {
    /**
     * @param validation the target metric on the validation split; null where that is empty
     */
    public record TriedK(int k, Double validation) {}
  }

  /**
   * Logistic regression on standardised embeddings.
   *
   * @param learningRate chosen on the validation split
   * @param candidates that it was chosen from
   */
  public record LinearProbe(
      double learningRate,
      int epochs,
      List<TriedRate> candidates,
      Metrics metrics,
      Intervals intervals) {
    /**
     * @param validation the target metric on the validation split; null where that is empty
     */
    public record TriedRate(double learningRate, Double validation) {}
  }
}
