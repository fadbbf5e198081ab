package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;

/** Collects what a model says of a split and what the images show, batch by batch. */
public final class Predictions {
  /**
   * How near a probability comes to 0 and 1 where its logarithm is taken, as scikit-learn's {@code
   * log_loss} bounds single precision: nearest neighbours may rule a class out altogether.
   */
  private static final double BOUND = Math.ulp(1f);

  private final Task task;
  private final int outputs;
  private final List<int[]> labels = new ArrayList<>();

  /** Probabilities of the outputs; where an image shows one of several classes, logits will do. */
  private final List<double[]> scores = new ArrayList<>();

  private double lossSum;

  /**
   * @param outputs logits per image
   */
  public Predictions(Task task, int outputs) {
    this.task = task;
    this.outputs = outputs;
  }

  /**
   * Adds a batch by its logits.
   *
   * @param logits [n, outputs], row by row
   * @param batchLabels [n], or [n, outputs] of 0 and 1 row by row where an image may show several
   */
  public void add(float[] logits, int[] batchLabels) {
    forEach(logits, outputs, batchLabels, this::addLogits);
  }

  /**
   * Adds a batch by its probabilities. The loss is the negative logarithm of the probability of
   * what is true, with several findings the mean over them.
   *
   * @param probabilities [n, classes], row by row; for one logit negative and positive
   * @param batchLabels as in {@link #add}
   */
  public void addProbabilities(float[] probabilities, int[] batchLabels) {
    int classes = task == Task.BINARY ? 2 : outputs;
    forEach(probabilities, classes, batchLabels, this::addProbabilities);
  }

  private void forEach(
      float[] values, int columns, int[] batchLabels, BiConsumer<double[], int[]> image) {
    int labelsEach = task == Task.MULTI_LABEL ? outputs : 1;
    for (int i = 0; i < batchLabels.length / labelsEach; i++) {
      double[] row = new double[columns];
      int from = i * columns;
      Arrays.setAll(row, c -> values[from + c]);
      image.accept(row, Arrays.copyOfRange(batchLabels, i * labelsEach, (i + 1) * labelsEach));
    }
  }

  private void addLogits(double[] row, int[] label) {
    labels.add(label);
    switch (task) {
      case MULTI_CLASS -> {
        scores.add(row);
        lossSum += logSumExp(row) - row[label[0]];
      }
      case BINARY, MULTI_LABEL -> {
        scores.add(Arrays.stream(row).map(Predictions::sigmoid).toArray());
        lossSum += binaryCrossEntropy(row, label);
      }
    }
  }

  private void addProbabilities(double[] row, int[] label) {
    labels.add(label);
    scores.add(task == Task.BINARY ? new double[] {row[1]} : row);
    lossSum +=
        switch (task) {
          case MULTI_CLASS, BINARY -> logLoss(row[label[0]]);
          case MULTI_LABEL ->
              IntStream.range(0, row.length)
                  .mapToDouble(c -> logLoss(label[c] == 1 ? row[c] : 1 - row[c]))
                  .average()
                  .orElseThrow();
        };
  }

  /** The metrics of all that was added. */
  public Metrics metrics() {
    double loss = lossSum / labels.size();
    return switch (task) {
      case MULTI_CLASS ->
          Classification.multiClass(
              firstLabels(),
              scores.stream().mapToInt(Predictions::largest).toArray(),
              outputs,
              loss);
      case BINARY ->
          Classification.binary(
              firstLabels(), scores.stream().mapToDouble(row -> row[0]).toArray(), loss);
      case MULTI_LABEL ->
          MultiLabelMetrics.of(labels.toArray(int[][]::new), scores.toArray(double[][]::new))
              .metrics(loss);
    };
  }

  private int[] firstLabels() {
    return labels.stream().mapToInt(row -> row[0]).toArray();
  }

  private static double logLoss(double probability) {
    return -Math.log(Math.min(Math.max(probability, BOUND), 1 - BOUND));
  }

  /** The first of the largest, as numpy's argmax; NaN counts as largest. */
  public static int largest(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best] || (Double.isNaN(row[i]) && !Double.isNaN(row[best]))) {
        best = i;
      }
    }
    return best;
  }

  private static double logSumExp(double[] row) {
    double max = row[largest(row)];
    double sum = 0;
    for (double value : row) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  /** Mean over the outputs, as PyTorch's BCEWithLogitsLoss. */
  private static double binaryCrossEntropy(double[] row, int[] label) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += softplus(label[c] == 1 ? -row[c] : row[c]);
    }
    return sum / row.length;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
