package org.medtransformers.statistics;

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
  private final List<int[]> labels = new ArrayList<>();

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
   * @param batchLabels [n], or [n, outputs] of 0 and 1 row by row where an image may show several
   */
  public void add(float[] batchLogits, int[] batchLabels) {
    int columns = task == Task.MULTI_LABEL ? outputs : 1;
    for (int i = 0; i < batchLabels.length / columns; i++) {
      logits.add(Arrays.copyOfRange(batchLogits, i * outputs, (i + 1) * outputs));
      labels.add(Arrays.copyOfRange(batchLabels, i * columns, (i + 1) * columns));
    }
  }

  /** The metrics of all that was added. */
  public Metrics metrics() {
    return switch (task) {
      case MULTI_CLASS ->
          Classification.multiClass(
              first(labels),
              logits.stream().mapToInt(Predictions::largest).toArray(),
              outputs,
              meanLoss());
      case BINARY ->
          Classification.binary(
              first(labels), logits.stream().mapToDouble(l -> sigmoid(l[0])).toArray(), meanLoss());
      case MULTI_LABEL ->
          MultiLabelMetrics.of(
                  labels.toArray(int[][]::new),
                  logits.stream().map(Predictions::sigmoids).toArray(double[][]::new))
              .metrics(meanLoss());
    };
  }

  private static int[] first(List<int[]> labels) {
    return labels.stream().mapToInt(row -> row[0]).toArray();
  }

  private double meanLoss() {
    double sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      float[] row = logits.get(i);
      int[] label = labels.get(i);
      sum +=
          switch (task) {
            case MULTI_CLASS -> logSumExp(row) - row[label[0]];
            case BINARY, MULTI_LABEL -> binaryCrossEntropy(row, label);
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

  /** Mean over the outputs, as PyTorch's BCEWithLogitsLoss. */
  private static double binaryCrossEntropy(float[] row, int[] label) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += softplus(label[c] == 1 ? -row[c] : row[c]);
    }
    return sum / row.length;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double[] sigmoids(float[] row) {
    double[] probabilities = new double[row.length];
    Arrays.setAll(probabilities, c -> sigmoid(row[c]));
    return probabilities;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
