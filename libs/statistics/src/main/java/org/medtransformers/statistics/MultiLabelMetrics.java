package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.medtransformers.contracts.result.Metrics;

/**
 * Metrics where an image may show several findings at once, equal to scikit-learn's. Averages are
 * over the outputs (macro), each counted for its positive class; 0/0 counts as 0 in them.
 *
 * @param n images
 * @param accuracy share of the images of which every output is right
 * @param averagePrecision per output; NaN without a positive
 * @param rocAuc per output; NaN without a positive or without a negative
 * @param confusionMatrices per output [[true negatives, false positives], [false negatives, true
 *     positives]]
 */
public record MultiLabelMetrics(
    int n,
    double accuracy,
    double precision,
    double recall,
    double f1,
    List<Double> averagePrecision,
    List<Double> rocAuc,
    List<List<List<Integer>>> confusionMatrices) {
  private static final int POSITIVE = 1;

  /**
   * Metrics of probabilities; an output above one half is predicted.
   *
   * @param labels [n][outputs] of 0 and 1
   * @param probabilities [n][outputs]
   */
  public static MultiLabelMetrics of(int[][] labels, double[][] probabilities) {
    int outputs = labels[0].length;
    int[][] predictions =
        Arrays.stream(probabilities).map(Classification::aboveThreshold).toArray(int[][]::new);
    List<ConfusionMatrix> matrices = new ArrayList<>();
    List<Ranking> rankings = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      int column = output;
      int[] truth = Arrays.stream(labels).mapToInt(row -> row[column]).toArray();
      int[] predicted = Arrays.stream(predictions).mapToInt(row -> row[column]).toArray();
      double[] scores = Arrays.stream(probabilities).mapToDouble(row -> row[column]).toArray();
      matrices.add(ConfusionMatrix.of(truth, predicted, 2));
      rankings.add(new Ranking(Classification.positive(truth), scores));
    }
    int[] once = Ranking.once(labels.length);
    return new MultiLabelMetrics(
        labels.length,
        exactMatches(labels, predictions),
        mean(matrices, matrix -> matrix.precision(POSITIVE)),
        mean(matrices, matrix -> matrix.recall(POSITIVE)),
        mean(matrices, matrix -> matrix.f1(POSITIVE)),
        rankings.stream().map(r -> r.averagePrecision(once)).toList(),
        rankings.stream().map(r -> r.rocAuc(once)).toList(),
        matrices.stream().map(ConfusionMatrix::rows).toList());
  }

  /**
   * As they are reported. Means of the areas are over the outputs that have one: in a small split a
   * rare finding may not occur.
   *
   * @param loss mean over the images
   */
  public Metrics metrics(double loss) {
    List<Metrics.Finding> findings = new ArrayList<>();
    for (int output = 0; output < rocAuc.size(); output++) {
      findings.add(
          new Metrics.Finding(
              rocAuc.get(output), averagePrecision.get(output), confusionMatrices.get(output)));
    }
    return new Metrics(
        n,
        loss,
        accuracy,
        precision,
        recall,
        f1,
        null,
        definedMean(rocAuc),
        definedMean(averagePrecision),
        null,
        confusionMatrices.stream().map(MultiLabelMetrics::recall).toList(),
        List.of(),
        findings);
  }

  private static double recall(List<List<Integer>> confusionMatrix) {
    List<Integer> positives = confusionMatrix.get(POSITIVE);
    return (double) positives.get(POSITIVE) / (positives.get(0) + positives.get(POSITIVE));
  }

  private static double definedMean(List<Double> values) {
    return mean(values.stream().filter(value -> !value.isNaN()).toList(), value -> value);
  }

  /** Mean of {@link #averagePrecision()}. */
  public double meanAveragePrecision() {
    return mean(averagePrecision, value -> value);
  }

  /** Mean of {@link #rocAuc()}. */
  public double meanRocAuc() {
    return mean(rocAuc, value -> value);
  }

  private static double exactMatches(int[][] labels, int[][] predictions) {
    int matches = 0;
    for (int i = 0; i < labels.length; i++) {
      matches += Arrays.equals(labels[i], predictions[i]) ? 1 : 0;
    }
    return (double) matches / labels.length;
  }

  private static <T> double mean(List<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
