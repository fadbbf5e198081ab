package org.medtransformers.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;

/** How likely each class is by the logits of an image. */
public final class ClassProbabilities {
  private ClassProbabilities() {}

  /**
   * Softmax where an image shows one of several classes, else the sigmoid of each logit.
   *
   * @param logits of one image; a single one is the log-odds of the second of two classes
   * @return one probability per class
   */
  public static double[] of(Task task, double[] logits) {
    return switch (task) {
      case MULTI_CLASS -> {
        double total = logSumExp(logits);
        yield Arrays.stream(logits).map(x -> Math.exp(x - total)).toArray();
      }
      case BINARY -> new double[] {sigmoid(-logits[0]), sigmoid(logits[0])};
      case MULTI_LABEL -> Arrays.stream(logits).map(ClassProbabilities::sigmoid).toArray();
    };
  }

  /** The classes that an image is said to show: the likeliest one, or all above one half. */
  public static List<Integer> predicted(Task task, double[] probabilities) {
    return switch (task) {
      case MULTI_CLASS, BINARY -> List.of(Predictions.largest(probabilities));
      case MULTI_LABEL ->
          IntStream.range(0, probabilities.length)
              .filter(c -> probabilities[c] > 0.5)
              .boxed()
              .toList();
    };
  }

  /** The logarithm of the softmax's denominator. */
  static double logSumExp(double[] logits) {
    // The largest logit is taken off first, else the exponential may overflow.
    double max = logits[Predictions.largest(logits)];
    return max + Math.log(Arrays.stream(logits).map(x -> Math.exp(x - max)).sum());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
