package org.medtransformers.learning.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;

/** Collects logits and labels of a split, batch by batch. */
public final class Predictions {
  private final Task task;
  private final int outputs;
  private final List<float[]> logits = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /**
   * @param outputs logits per image
   */
  public Predictions(Task task, int outputs) {
    this.task = task;
    this.outputs = outputs;
  }

  /**
   * Adds a batch.
   *
   * @param batchLogits [n, outputs], row by row
   * @param batchLabels [n]
   */
  public void add(float[] batchLogits, int[] batchLabels) {
    for (int i = 0; i < batchLabels.length; i++) {
      logits.add(Arrays.copyOfRange(batchLogits, i * outputs, (i + 1) * outputs));
      labels.add(batchLabels[i]);
    }
  }

  /** The metrics of all that was added. */
  public Metrics metrics() {
    int[] truth = labels.stream().mapToInt(Integer::intValue).toArray();
    return switch (task) {
      case MULTI_CLASS ->
          Classification.multiClass(
              truth, logits.stream().mapToInt(Predictions::largest).toArray(), outputs, meanLoss());
      case BINARY ->
          Classification.binary(
              truth, logits.stream().mapToDouble(l -> sigmoid(l[0])).toArray(), meanLoss());
    };
  }

  private double meanLoss() {
    double sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      int label = labels.get(i);
      sum +=
          switch (task) {
            case MULTI_CLASS -> logSumExp(logits.get(i)) - logits.get(i)[label];
            case BINARY -> softplus(label == 1 ? -logits.get(i)[0] : logits.get(i)[0]);
          };
    }
    return sum / labels.size();
  }

  /** The first of the largest, as numpy's argmax; NaN counts as largest. */
  public static int largest(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best] || (Float.isNaN(row[i]) && !Float.isNaN(row[best]))) {
        best = i;
      }
    }
    return best;
  }

  private static double logSumExp(float[] row) {
    double max = row[largest(row)];
    double sum = 0;
    for (float value : row) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
