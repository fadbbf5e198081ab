package org.medtransformers.learning.method;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * The loss that is trained with; validation reports the plain one.
 *
 * @param labelSmoothing share of the label that is spread evenly over all classes, in [0, 1)
 * @param classWeights one per class; empty for none
 */
public record Loss(double labelSmoothing, List<Double> classWeights) {
  /** Neither smoothed nor weighted. */
  public static final Loss PLAIN = new Loss(0, List.of());

  public Loss {
    classWeights = List.copyOf(classWeights);
  }

  /**
   * The loss of a run file.
   *
   * @param classCounts training images per class
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID} where weights are to be balanced
   *     and a class has no image, or an image may show several classes
   */
  public static Loss of(RunConfig.Medtrans config, Task task, List<Integer> classCounts) {
    List<Double> weights =
        switch (config.classWeights()) {
          case NONE -> List.of();
          case BALANCED -> balanced(task, classCounts);
        };
    return new Loss(config.labelSmoothing(), weights);
  }

  private static List<Double> balanced(Task task, List<Integer> classCounts) {
    return switch (task) {
      case MULTI_CLASS, BINARY -> balanced(classCounts);
      case MULTI_LABEL ->
          throw MedtransException.of(
              ErrorCode.DATASET_INVALID,
              "medtrans.class_weights: \"balanced\" needs images of one class each");
    };
  }

  /** n / (classes × count), as scikit-learn's {@code compute_class_weight("balanced")}. */
  private static List<Double> balanced(List<Integer> classCounts) {
    int missing = classCounts.indexOf(0);
    if (missing >= 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          ("medtrans.class_weights: \"balanced\" needs training images of every class, there are"
                  + " none of class %d (images per class: %s)")
              .formatted(missing, classCounts));
    }
    double n = classCounts.stream().mapToInt(Integer::intValue).sum();
    return classCounts.stream().map(count -> n / (classCounts.size() * count)).toList();
  }
}
