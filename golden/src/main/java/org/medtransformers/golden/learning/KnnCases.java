package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.knn.KnnClassifier;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;
import org.medtransformers.statistics.Predictions;

/** Group {@code knn}: weighted nearest neighbours, one label or several per embedding. */
record KnnCases(Compute compute) implements CaseRunner {
  private static final Set<String> KEYS =
      Set.of(
          "bank",
          "query",
          "n_classes",
          "temperature",
          "labels",
          "multi_labels_per_row",
          "tolerance",
          "expected");
  private static final int MANY = 1 << 20;

  /** What is added to the features d of the bank with d mod classes = label, to form clusters. */
  private static final float CLUSTER_OFFSET = 0.75f;

  @Override
  public String group() {
    return "knn";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(
        golden, comparison -> new Case(golden.read(KEYS), compute.start(), comparison).check());
  }

  private static final class Case {
    private final JsonNode golden;
    private final Comparison comparison;
    private final int classes;
    private final int[] labels;
    private final Tensor queries;
    private final Tensor bank;
    private final TorchDevice device;

    Case(JsonNode golden, TorchDevice device, Comparison comparison) {
      this.device = device;
      this.golden = golden;
      this.comparison = comparison;
      this.classes = Numbers.whole(golden.path("n_classes"), "n_classes", 1, MANY);
      this.labels =
          Arrays.stream(Numbers.integers(golden.path("labels"), "labels"))
              .mapToInt(Math::toIntExact)
              .toArray();
      this.queries = Fill.described(golden.path("query"), "query");
      this.bank = clustered(Fill.described(golden.path("bank"), "bank"), labels, classes);
    }

    void check() {
      Section expected = comparison.section("expected", golden.path("expected"));
      if (expected.has("single_label")) {
        Section single = expected.section("single_label");
        neighbourCounts(single).forEach(k -> checkSingle(single.section(k), k));
      }
      if (expected.has("multi_label_scores")) {
        Section multi = expected.section("multi_label_scores");
        neighbourCounts(multi).forEach(k -> checkMulti(multi, k));
      }
    }

    private void checkSingle(Section expected, String k) {
      Tensor scores = vote(KnnClassifier.oneHot(labels, classes), k).scores();
      double[] predicted = new double[scores.shape().get(0).intValue()];
      double[] flat = Numbers.doubles(scores.floats());
      Arrays.setAll(
          predicted,
          i -> Predictions.largest(Arrays.copyOfRange(flat, i * classes, (i + 1) * classes)));
      expected.compare("predicted", predicted, tolerance("predicted"));
      expected.compare("scores", flat, tolerance("scores"));
      // How close the reference's own decisions were.
      expected.informational("smallest_relative_margin");
      expected.informational("smallest_gap_at_k");
    }

    private void checkMulti(Section expected, String k) {
      Tensor shares = vote(severalLabels(), k).shares();
      expected.compare(k, Numbers.doubles(shares.floats()), tolerance("multi_label_scores"));
    }

    private KnnClassifier.Votes vote(Tensor targets, String k) {
      double temperature = Numbers.one(golden.path("temperature"), "temperature");
      int neighbours = Integer.parseInt(k.substring(1));
      try (KnnClassifier classifier =
          new KnnClassifier(bank, targets, neighbours, temperature, device)) {
        return classifier.vote(queries);
      }
    }

    /** Rows of 0 and 1, as a text or a list each. */
    private Tensor severalLabels() {
      JsonNode rows = golden.path("multi_labels_per_row");
      float[] targets = new float[labels.length * classes];
      for (int i = 0; i < labels.length; i++) {
        JsonNode row = rows.path(i);
        for (int c = 0; c < classes; c++) {
          boolean set =
              row.isTextual() ? row.textValue().charAt(c) == '1' : row.path(c).asInt() == 1;
          targets[i * classes + c] = set ? 1 : 0;
        }
      }
      return Tensor.ofFloats(targets, labels.length, classes);
    }

    private Tolerance tolerance(String key) {
      return Tolerance.of(golden.path("tolerance").path(key), "tolerance." + key);
    }
  }

  private static List<String> neighbourCounts(Section section) {
    return section.keys().stream().filter(key -> key.matches("k[1-9][0-9]{0,8}")).toList();
  }

  private static Tensor clustered(Tensor bank, int[] labels, int classes) {
    float[] values = bank.floats();
    int features = values.length / Math.max(1, labels.length);
    for (int i = 0; i < labels.length; i++) {
      for (int d = labels[i]; d < features; d += classes) {
        values[i * features + d] += CLUSTER_OFFSET;
      }
    }
    return Tensor.ofFloats(values, labels.length, features);
  }
}
