package org.medtransformers.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What calling an image positive from a threshold on is worth, the probabilities apart: {@code
 * sensitivity}, {@code specificity}, {@code ppv}, {@code npv}, {@code mcc} (Matthews' correlation,
 * 0 where a class is never said or never there, as in scikit-learn) and {@code balanced_accuracy}.
 * All change smoothly with the weights of the images.
 */
public final class Decisions implements Resampled {
  private final int[] labels;
  private final int[] said;

  /**
   * The decisions on {@code scores}.
   *
   * @param threshold an image is called positive at this probability or more
   */
  public Decisions(BinaryScores scores, double threshold) {
    this.labels = new int[scores.images()];
    this.said = new int[scores.images()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = scores.positive(i) ? 1 : 0;
      said[i] = scores.probability(i) >= threshold ? 1 : 0;
    }
  }

  /** With every image counting once. */
  public Map<String, Double> values() {
    return values(Ranking.once(labels.length));
  }

  @Override
  public Map<String, Double> values(int[] counts) {
    return values(matrix(counts));
  }

  static Map<String, Double> values(ConfusionMatrix matrix) {
    Map<String, Double> values = new LinkedHashMap<>();
    double sensitivity = matrix.share(1, 1, matrix.actual(1));
    double specificity = matrix.share(0, 0, matrix.actual(0));
    values.put("sensitivity", sensitivity);
    values.put("specificity", specificity);
    values.put("ppv", matrix.share(1, 1, matrix.predicted(1)));
    values.put("npv", matrix.share(0, 0, matrix.predicted(0)));
    values.put("mcc", matrix.matthews());
    values.put("balanced_accuracy", (sensitivity + specificity) / 2);
    return values;
  }

  /** Rows are truth, columns what is said; every image counts once. */
  public List<List<Integer>> confusionMatrix() {
    return matrix(Ranking.once(labels.length)).rows();
  }

  @Override
  public boolean smooth(String name) {
    return true;
  }

  @Override
  public int[] support() {
    ConfusionMatrix matrix = matrix(Ranking.once(labels.length));
    return new int[] {(int) matrix.actual(0), (int) matrix.actual(1)};
  }

  ConfusionMatrix matrix(int[] counts) {
    return ConfusionMatrix.of(labels, said, counts, 2);
  }
}
