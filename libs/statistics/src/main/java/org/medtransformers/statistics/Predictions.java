package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
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
  private final List<int[]> decisions = new ArrayList<>();

  /** One per class. */
  private final List<double[]> probabilities = new ArrayList<>();

  private final List<Double> losses = new ArrayList<>();

  /** Of one logit: itself, or the log-odds of a probability within {@link #BOUND}. */
  private final List<Double> logits = new ArrayList<>();

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
   * @param batch [n, classes], row by row; for one logit negative and positive
   * @param batchLabels as in {@link #add}
   */
  public void addProbabilities(float[] batch, int[] batchLabels) {
    forEach(batch, classes(), batchLabels, this::addProbabilities);
  }

  private int classes() {
    return task == Task.BINARY ? 2 : outputs;
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
    double[] likely = ClassProbabilities.of(task, row);
    // The largest logit: two probabilities may be rounded to the same.
    int[] decision = task == Task.MULTI_CLASS ? new int[] {largest(row)} : decided(likely);
    double loss =
        switch (task) {
          case MULTI_CLASS -> ClassProbabilities.logSumExp(row) - row[label[0]];
          case BINARY, MULTI_LABEL -> binaryCrossEntropy(row, label);
        };
    add(label, likely, decision, loss, row[0]);
  }

  private void addProbabilities(double[] row, int[] label) {
    double loss =
        switch (task) {
          case MULTI_CLASS, BINARY -> logLoss(row[label[0]]);
          case MULTI_LABEL -> findingsLoss(row, c -> label[c] == 1);
        };
    double logit = task == Task.BINARY ? logOdds(row[0], row[1]) : Double.NaN;
    add(label, row, decided(row), loss, logit);
  }

  private static double findingsLoss(double[] row, IntPredicate shown) {
    return IntStream.range(0, row.length)
        .mapToDouble(c -> logLoss(shown.test(c) ? row[c] : 1 - row[c]))
        .average()
        .orElseThrow();
  }

  /**
   * How wrong {@code image} is: the negative natural logarithm of the probability of what is true,
   * with several findings the mean over them, as scikit-learn's {@code log_loss} of this image.
   */
  public static double loss(Task task, PredictedImage image) {
    double[] row = image.probabilities().stream().mapToDouble(p -> p).toArray();
    return switch (task) {
      case MULTI_CLASS, BINARY -> logLoss(row[image.classes().get(0)]);
      case MULTI_LABEL -> findingsLoss(row, image.classes()::contains);
    };
  }

  /** Of the positive one of two classes, each probability within {@link #BOUND}. */
  static double logOdds(double negative, double positive) {
    return logLoss(negative) - logLoss(positive);
  }

  private void add(int[] label, double[] likely, int[] decision, double loss, double logit) {
    logits.add(logit);
    labels.add(label);
    probabilities.add(likely);
    decisions.add(decision);
    losses.add(loss);
  }

  /** The class that is predicted, or for each class whether it is. */
  private int[] decided(double[] likely) {
    return switch (task) {
      case MULTI_CLASS -> new int[] {largest(likely)};
      case BINARY -> Classification.aboveThreshold(new double[] {likely[1]});
      case MULTI_LABEL -> Classification.aboveThreshold(likely);
    };
  }

  /** The number of images added. */
  public int size() {
    return labels.size();
  }

  /** The metrics of all that was added. */
  public Metrics metrics() {
    return outcomes().metrics(losses.stream().mapToDouble(l -> l).average().orElse(Double.NaN));
  }

  /** All that was added, image by image. */
  public Outcomes outcomes() {
    return Outcomes.of(task, classes(), labels, decisions, probabilities);
  }

  /**
   * How sure the model is of the positive one of two classes.
   *
   * @throws IllegalStateException with another task
   */
  public BinaryScores binary() {
    if (task != Task.BINARY) {
      throw new IllegalStateException("there are not two classes");
    }
    return BinaryScores.of(
        labels.stream().mapToInt(label -> label[0]).toArray(),
        logits.stream().mapToDouble(x -> x).toArray(),
        List.copyOf(probabilities));
  }

  /**
   * Some of the images.
   *
   * @param members numbers in the order of adding
   */
  public Predictions of(List<Integer> members) {
    Predictions some = new Predictions(task, outputs);
    for (int i : members) {
      some.add(labels.get(i), probabilities.get(i), decisions.get(i), losses.get(i), logits.get(i));
    }
    return some;
  }

  /**
   * What is said of image {@code i} of those added.
   *
   * @param id of the image
   * @param group of the image; empty where unknown
   */
  public PredictedImage image(int i, String id, String group) {
    return new PredictedImage(
        id,
        group,
        shown(labels.get(i)),
        shown(decisions.get(i)),
        Arrays.stream(probabilities.get(i)).boxed().toList());
  }

  private List<Integer> shown(int[] decision) {
    return switch (task) {
      case MULTI_CLASS, BINARY -> List.of(decision[0]);
      case MULTI_LABEL ->
          IntStream.range(0, outputs).filter(c -> decision[c] == 1).boxed().toList();
    };
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

  /** Mean over the outputs, as PyTorch's BCEWithLogitsLoss. */
  private static double binaryCrossEntropy(double[] row, int[] label) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += softplus(label[c] == 1 ? -row[c] : row[c]);
    }
    return sum / row.length;
  }

  /** log(1 + exp(x)), which does not overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
