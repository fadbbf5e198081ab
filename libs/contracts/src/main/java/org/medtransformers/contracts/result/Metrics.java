package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.OptionalDouble;
import org.medtransformers.contracts.data.TargetMetric;

/**
 * Metrics of one model on one split. The names are the same in REST bodies, events and files; a
 * metric that does not exist for the task is absent, one that is undefined (0/0) is {@code "NaN"}.
 *
 * @param n images
 * @param loss mean over the images
 * @param precision macro average over the classes that occur in labels or predictions; recall and
 *     f1 likewise (scikit-learn's {@code average="macro"}); for one logit over both labels
 * @param cohenKappa with quadratic weights, over all classes; multi-class only
 * @param rocAuc area under the ROC curve; one logit, else each class against the rest, the mean
 *     over the classes that have one; null where only predictions are known
 * @param averagePrecision area under the precision-recall curve as scikit-learn sums it; one logit,
 *     or with several findings the mean over the classes that have one
 * @param positive the positive class's own precision, recall and f1; one logit only
 * @param confusionMatrix rows are truth, columns prediction; empty with several findings
 * @param findings each class by itself where an image may show several; else null. Accuracy is then
 *     the share of the images of which every class is right, and precision, recall and f1 are means
 *     over the positive labels of the classes
 */
public record Metrics(
    int n,
    double loss,
    double accuracy,
    double precision,
    double recall,
    double f1,
    @JsonProperty("cohen_kappa") Double cohenKappa,
    @JsonProperty("roc_auc") Double rocAuc,
    @JsonProperty("average_precision") Double averagePrecision,
    @JsonProperty("positive_class") PositiveClass positive,
    @JsonProperty("recall_per_class") List<Double> recallPerClass,
    @JsonProperty("confusion_matrix") List<List<Integer>> confusionMatrix,
    List<Finding> findings) {

  /** Metrics of images that show one class each. */
  public Metrics(
      int n,
      double loss,
      double accuracy,
      double precision,
      double recall,
      double f1,
      Double cohenKappa,
      Double rocAuc,
      Double averagePrecision,
      PositiveClass positive,
      List<Double> recallPerClass,
      List<List<Integer>> confusionMatrix) {
    this(
        n,
        loss,
        accuracy,
        precision,
        recall,
        f1,
        cohenKappa,
        rocAuc,
        averagePrecision,
        positive,
        recallPerClass,
        confusionMatrix,
        null);
  }

  /**
   * One class of several that an image may show at once.
   *
   * @param rocAuc NaN without a positive or without a negative image
   * @param averagePrecision NaN without a positive image
   * @param confusionMatrix rows are truth, columns prediction; absent, present
   */
  public record Finding(
      @JsonProperty("roc_auc") double rocAuc,
      @JsonProperty("average_precision") double averagePrecision,
      @JsonProperty("confusion_matrix") List<List<Integer>> confusionMatrix) {}

  /** Of the positive class alone. */
  public record PositiveClass(double precision, double recall, double f1) {}

  /** The value of {@code metric}; empty where the task has none. */
  public OptionalDouble value(TargetMetric metric) {
    Double value =
        switch (metric) {
          case COHEN_KAPPA -> cohenKappa;
          case RECALL -> (Double) recall;
          case ROC_AUC -> rocAuc;
        };
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
