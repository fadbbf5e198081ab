package org.medtransformers.eval.job;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * What a model says of each image, as CSV: the row of the image in the prepared data set's index,
 * its label, the predicted label and the probability of each class.
 */
final class PredictionsFile {
  private final DatasetDescription dataset;
  private final List<String> lines = new ArrayList<>();

  PredictionsFile(DatasetDescription dataset) {
    this.dataset = dataset;
    String classes =
        IntStream.range(0, dataset.classes().size())
            .mapToObj(c -> "probability_" + c)
            .collect(Collectors.joining(","));
    lines.add("index,label,prediction," + classes);
  }

  /**
   * Adds a batch.
   *
   * @param index I64 [n]
   * @param labels one per image, or one per image and class where an image may show several
   * @param logits F32 [n, outputs]
   */
  void add(Tensor index, int[] labels, Tensor logits) {
    long[] rows = index.longs();
    float[] values = logits.floats();
    int outputs = dataset.outputs();
    for (int i = 0; i < rows.length; i++) {
      double[] probabilities = probabilities(values, i * outputs);
      StringJoiner line = new StringJoiner(",");
      line.add(Long.toString(rows[i])).add(label(labels, i)).add(prediction(probabilities));
      for (double p : probabilities) {
        line.add(Float.toString((float) p));
      }
      lines.add(line.toString());
    }
  }

  /** The whole file. */
  String csv() {
    return String.join("\n", lines) + "\n";
  }

  private String label(int[] labels, int image) {
    return switch (dataset.task()) {
      case MULTI_CLASS, BINARY -> Integer.toString(labels[image]);
      case MULTI_LABEL -> shown(c -> labels[image * dataset.outputs() + c] == 1);
    };
  }

  private String prediction(double[] probabilities) {
    return switch (dataset.task()) {
      case MULTI_CLASS, BINARY -> Integer.toString(largest(probabilities));
      case MULTI_LABEL -> shown(c -> probabilities[c] > 0.5);
    };
  }

  /** As the index of the prepared data set lists several classes. */
  private String shown(IntPredicate shows) {
    return IntStream.range(0, dataset.outputs())
        .filter(shows)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(";"));
  }

  private double[] probabilities(float[] logits, int from) {
    return switch (dataset.task()) {
      case MULTI_CLASS -> softmax(logits, from);
      case BINARY -> new double[] {sigmoid(-logits[from]), sigmoid(logits[from])};
      case MULTI_LABEL ->
          IntStream.range(0, dataset.outputs())
              .mapToDouble(c -> sigmoid(logits[from + c]))
              .toArray();
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private double[] softmax(float[] logits, int from) {
    double[] exponentials = new double[dataset.outputs()];
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < exponentials.length; c++) {
      max = Math.max(max, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < exponentials.length; c++) {
      // The largest logit is taken off first, else the exponential may overflow.
      exponentials[c] = Math.exp(logits[from + c] - max);
      sum += exponentials[c];
    }
    for (int c = 0; c < exponentials.length; c++) {
      exponentials[c] /= sum;
    }
    return exponentials;
  }

  private static int largest(double[] values) {
    int at = 0;
    for (int c = 1; c < values.length; c++) {
      at = values[c] > values[at] ? c : at;
    }
    return at;
  }
}
