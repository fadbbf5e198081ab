package org.medtransformers.contracts.result;

import java.util.List;

/**
 * ROC and precision-recall curves, {@code curves.json}.
 *
 * @param classes each against the rest
 */
public record Curves(List<OfClass> classes) {
  /** The file's name in a run's folder. */
  public static final String FILE = "curves.json";

  /** The curves of one class; empty lists where it has none. */
  public record OfClass(String name, Roc roc, PrecisionRecall pr) {}

  /**
   * Points from the highest threshold down, the first being (0, 0) at infinity. scikit-learn's
   * {@code roc_curve} without {@code drop_intermediate}.
   *
   * @param fpr false positives among the negatives
   * @param tpr true positives among the positives
   */
  public record Roc(List<Double> thresholds, List<Double> fpr, List<Double> tpr) {}

  /**
   * Points from the highest threshold down, the first being precision 1 at recall 0 and infinity.
   * scikit-learn's {@code precision_recall_curve} the other way round.
   */
  public record PrecisionRecall(
      List<Double> thresholds, List<Double> precision, List<Double> recall) {}
}
