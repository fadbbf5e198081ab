package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;

/**
 * What is true and what a model says of every image of a split, and the metrics that follow, with
 * every image counting once or as often as a resample has drawn it.
 */
public final class Outcomes implements Resampled {
  private static final String AVERAGE_PRECISION = "average_precision";

  private final Task task;
  private final int images;
  private final int classes;

  /** [decisions][images]: the class of each image, or for each class whether it is shown. */
  private final int[][] labels;

  private final int[][] predictions;

  /** [classes][images]. */
  private final double[][] probabilities;

  /** One per class: its probability, and whether an image shows it; null until it is asked for. */
  private final Ranking[] rankings;

  private Outcomes(Task task, int[][] labels, int[][] predictions, double[][] probabilities) {
    this.task = task;
    this.images = labels[0].length;
    this.classes = probabilities.length;
    this.labels = labels;
    this.predictions = predictions;
    this.probabilities = probabilities;
    this.rankings = new Ranking[classes];
  }

  /**
   * Outcomes of predictions that were read.
   *
   * @throws IllegalArgumentException if there are none, or they are not of {@code task}
   */
  public static Outcomes of(Task task, List<PredictedImage> images) {
    requireSound(images, task);
    int classes = images.get(0).probabilities().size();
    int decisions = task == Task.MULTI_LABEL ? classes : 1;
    int[][] labels = new int[decisions][images.size()];
    int[][] predictions = new int[decisions][images.size()];
    double[][] probabilities = new double[classes][images.size()];
    for (int i = 0; i < images.size(); i++) {
      PredictedImage image = images.get(i);
      put(decisions(task, classes, image.classes()), labels, i);
      put(decisions(task, classes, image.prediction()), predictions, i);
      for (int c = 0; c < classes; c++) {
        probabilities[c][i] = image.probabilities().get(c);
      }
    }
    return new Outcomes(task, labels, predictions, probabilities);
  }

  private static void requireSound(List<PredictedImage> predictions, Task task) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("there are no images");
    }
    int classes = predictions.get(0).probabilities().size();
    for (PredictedImage image : predictions) {
      requireSound(image, image.classes(), task, classes);
      requireSound(image, image.prediction(), task, classes);
    }
  }

  private static void requireSound(
      PredictedImage image, List<Integer> shown, Task task, int classes) {
    boolean single = task == Task.MULTI_LABEL || shown.size() == 1;
    if (!single
        || image.probabilities().size() != classes
        || shown.stream().anyMatch(c -> c < 0 || c >= classes)) {
      throw new IllegalArgumentException(
          "%s: found class %s and %d probabilities, allowed: classes below %d and as many probabilities"
              .formatted(image.image(), shown, image.probabilities().size(), classes));
    }
  }

  private static void put(int[] decisions, int[][] columns, int image) {
    for (int d = 0; d < columns.length; d++) {
      columns[d][image] = decisions[d];
    }
  }

  private static int[] decisions(Task task, int classes, List<Integer> shown) {
    return switch (task) {
      case MULTI_CLASS, BINARY -> new int[] {shown.get(0)};
      case MULTI_LABEL -> IntStream.range(0, classes).map(c -> shown.contains(c) ? 1 : 0).toArray();
    };
  }

  /**
   * Outcomes of a split, each list with one entry per image.
   *
   * @param labels the class of an image, or for each class 1 where it is shown and 0 where it is
   *     not
   * @param predictions likewise
   * @param probabilities of the classes
   */
  static Outcomes of(
      Task task,
      int classes,
      List<int[]> labels,
      List<int[]> predictions,
      List<double[]> probabilities) {
    int decisions = task == Task.MULTI_LABEL ? classes : 1;
    return new Outcomes(
        task,
        IntStream.range(0, decisions).mapToObj(d -> column(labels, d)).toArray(int[][]::new),
        IntStream.range(0, decisions).mapToObj(d -> column(predictions, d)).toArray(int[][]::new),
        IntStream.range(0, classes)
            .mapToObj(c -> probabilities.stream().mapToDouble(row -> row[c]).toArray())
            .toArray(double[][]::new));
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }

  /** The number of images. */
  public int images() {
    return images;
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /**
   * All metrics.
   *
   * @param loss mean over the images; NaN where there is none
   */
  public Metrics metrics(double loss) {
    return switch (task) {
      case MULTI_CLASS ->
          Classification.multiClass(labels[0], predictions[0], classes, loss, rocAuc(once()));
      case BINARY -> Classification.binary(labels[0], probabilities[1], loss);
      case MULTI_LABEL ->
          MultiLabelMetrics.of(transposed(labels), transposed(probabilities)).metrics(loss);
    };
  }

  private static int[][] transposed(int[][] columns) {
    return IntStream.range(0, columns[0].length)
        .mapToObj(i -> Arrays.stream(columns).mapToInt(column -> column[i]).toArray())
        .toArray(int[][]::new);
  }

  private static double[][] transposed(double[][] columns) {
    return IntStream.range(0, columns[0].length)
        .mapToObj(i -> Arrays.stream(columns).mapToDouble(column -> column[i]).toArray())
        .toArray(double[][]::new);
  }

  /**
   * The metrics that have one number, by their names in {@link Metrics}.
   *
   * @param counts how often each image counts
   */
  @Override
  public Map<String, Double> values(int[] counts) {
    List<ConfusionMatrix> matrices = matrices(counts);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("accuracy", accuracy(matrices, counts));
    values.put("precision", mean(matrices, ConfusionMatrix::precision));
    values.put("recall", mean(matrices, ConfusionMatrix::recall));
    values.put("f1", mean(matrices, ConfusionMatrix::f1));
    if (task == Task.MULTI_CLASS) {
      values.put("cohen_kappa", matrices.get(0).quadraticKappa());
    }
    values.put("roc_auc", rocAuc(counts));
    if (task != Task.MULTI_CLASS) {
      values.put(AVERAGE_PRECISION, definedMean(r -> r.averagePrecision(counts)));
    }
    return values;
  }

  /** A few images of the highest scores decide most of the average precision. */
  @Override
  public boolean smooth(String name) {
    return !name.equals(AVERAGE_PRECISION);
  }

  @Override
  public int[] support() {
    return IntStream.range(0, classes)
        .map(c -> (int) IntStream.range(0, images).filter(i -> shown(c, i)).count())
        .toArray();
  }

  /**
   * The value of one metric alone; NaN where the task has none.
   *
   * @param counts how often each image counts
   */
  double value(TargetMetric metric, int[] counts) {
    return switch (metric) {
      case COHEN_KAPPA ->
          task == Task.MULTI_CLASS ? matrices(counts).get(0).quadraticKappa() : Double.NaN;
      case RECALL -> mean(matrices(counts), ConfusionMatrix::recall);
      case ROC_AUC -> rocAuc(counts);
    };
  }

  /** How every image counts outside resamples. */
  int[] once() {
    return Ranking.once(images);
  }

  Task task() {
    return task;
  }

  Ranking ranking(int c) {
    if (rankings[c] == null) {
      rankings[c] = new Ranking(shown(c), probabilities[c]);
    }
    return rankings[c];
  }

  double probability(int image, int c) {
    return probabilities[c][image];
  }

  /** One for all classes together, or one per class where an image may show several. */
  List<ConfusionMatrix> matrices(int[] counts) {
    List<ConfusionMatrix> matrices = new ArrayList<>();
    int size = task == Task.MULTI_LABEL ? 2 : classes;
    for (int d = 0; d < labels.length; d++) {
      matrices.add(ConfusionMatrix.of(labels[d], predictions[d], counts, size));
    }
    return matrices;
  }

  /** Rows of {@link #labels} and {@link #predictions}. */
  int decisions() {
    return labels.length;
  }

  int predicted(int decision, int image) {
    return predictions[decision][image];
  }

  boolean right(int decision, int image) {
    return labels[decision][image] == predictions[decision][image];
  }

  private interface OfClass {
    double of(ConfusionMatrix matrix, int c);
  }

  /** Over the classes that occur, or over the positive labels of all. */
  private double mean(List<ConfusionMatrix> matrices, OfClass metric) {
    return task == Task.MULTI_LABEL
        ? matrices.stream().mapToDouble(m -> metric.of(m, 1)).average().orElse(Double.NaN)
        : matrices.get(0).macro(c -> metric.of(matrices.get(0), c));
  }

  private double accuracy(List<ConfusionMatrix> matrices, int[] counts) {
    if (task != Task.MULTI_LABEL) {
      return matrices.get(0).accuracy();
    }
    long right = 0;
    for (int i = 0; i < images; i++) {
      int image = i;
      right += IntStream.range(0, decisions()).allMatch(d -> right(d, image)) ? counts[i] : 0;
    }
    return (double) right / Arrays.stream(counts).asLongStream().sum();
  }

  private double rocAuc(int[] counts) {
    return definedMean(r -> r.rocAuc(counts));
  }

  /** One against the rest, averaged over the classes that have a value. */
  private double definedMean(ToDoubleFunction<Ranking> area) {
    DoubleStream areas =
        task == Task.BINARY
            ? DoubleStream.of(area.applyAsDouble(ranking(1)))
            : IntStream.range(0, classes).mapToDouble(c -> area.applyAsDouble(ranking(c)));
    return areas.filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
  }

  private boolean[] shown(int c) {
    boolean[] shown = new boolean[images];
    for (int i = 0; i < images; i++) {
      shown[i] = shown(c, i);
    }
    return shown;
  }

  private boolean shown(int c, int image) {
    return task == Task.MULTI_LABEL ? labels[c][image] == 1 : labels[0][image] == c;
  }
}
