package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;
import org.medtransformers.statistics.Classification;
import org.medtransformers.statistics.MultiLabelMetrics;
import org.medtransformers.statistics.Predictions;

/** Group {@code metrics}: several classes, one output, or several outputs. */
record MetricCases() implements CaseRunner {
  private static final Set<String> KEYS =
      Set.of(
          "n_classes",
          "n_outputs",
          "labels",
          "logits",
          "predictions",
          "probabilities",
          "threshold",
          "tolerance",
          "expected");
  private static final String ROUNDED = "seed_rounded";
  private static final int MANY = 100_000;

  /** Three digits, and the reference's own float32 arithmetic. */
  private static final Tolerance ROUNDING = Tolerance.absolute(0.0005 + 1e-6);

  @Override
  public String group() {
    return "metrics";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  private static void check(JsonNode golden, Comparison comparison) {
    Map<String, double[]> found;
    if (golden.has("n_classes")) {
      found = multiClass(golden);
    } else {
      int outputs = Numbers.whole(golden.path("n_outputs"), "n_outputs", 1, MANY);
      found = outputs == 1 ? binary(golden) : multiLabel(golden, outputs);
    }
    JsonNode tolerances = golden.path("tolerance");
    Tolerance common = Tolerance.of(tolerances, "tolerance");
    Section expected = comparison.section("expected", golden.path("expected"));
    for (String key : expected.keys()) {
      if (key.equals(ROUNDED)) {
        Section rounded = expected.section(key);
        rounded.keys().stream()
            .filter(found::containsKey)
            .forEach(k -> rounded.compare(k, found.get(k), ROUNDING));
      } else if (found.containsKey(key)) {
        JsonNode own = tolerances.path(key);
        Tolerance tolerance = own.isMissingNode() ? common : Tolerance.of(own, "tolerance." + key);
        expected.compare(key, found.get(key), tolerance);
      }
    }
  }

  private static Map<String, double[]> multiClass(JsonNode golden) {
    int classes = Numbers.whole(golden.path("n_classes"), "n_classes", 1, MANY);
    int[] labels = integers(golden, "labels");
    Metrics metrics;
    if (golden.has("predictions")) {
      metrics = Classification.multiClass(labels, integers(golden, "predictions"), classes, 0);
    } else {
      Predictions predictions = new Predictions(Task.MULTI_CLASS, classes);
      predictions.add(floats(Numbers.of(golden.path("logits"), "logits")), labels);
      metrics = predictions.metrics();
    }
    Map<String, double[]> found = common(metrics);
    found.put("cohen_kappa_quadratic", new double[] {metrics.cohenKappa()});
    found.put("cohen_kappa", new double[] {metrics.cohenKappa()});
    found.put("recall_per_class", doubles(metrics.recallPerClass()));
    found.put("confusion_matrix_rows_are_truth", flat(metrics.confusionMatrix()));
    return found;
  }

  private static Map<String, double[]> binary(JsonNode golden) {
    Metrics metrics =
        Classification.binary(
            integers(golden, "labels"),
            Numbers.of(golden.path("probabilities"), "probabilities"),
            0);
    Map<String, double[]> found = common(metrics);
    found.put("mAP", new double[] {metrics.averagePrecision()});
    found.put("average_precision_per_class", new double[] {metrics.averagePrecision()});
    addRocAuc(found, List.of(metrics.rocAuc()), metrics.rocAuc());
    List<List<Integer>> rows = metrics.confusionMatrix();
    found.put(
        "confusion_matrices_per_class_[[tn,fp],[fn,tp]]",
        flat(
            List.of(
                List.of(rows.get(1).get(1), rows.get(1).get(0)),
                List.of(rows.get(0).get(1), rows.get(0).get(0)),
                rows.get(0),
                rows.get(1))));
    return found;
  }

  private static Map<String, double[]> multiLabel(JsonNode golden, int outputs) {
    double[] labels = Numbers.of(golden.path("labels"), "labels");
    double[] probabilities = Numbers.of(golden.path("probabilities"), "probabilities");
    int n = labels.length / outputs;
    int[][] labelRows = new int[n][];
    double[][] probabilityRows = new double[n][];
    for (int i = 0; i < n; i++) {
      int from = i * outputs;
      labelRows[i] =
          Arrays.stream(labels, from, from + outputs).mapToInt(label -> (int) label).toArray();
      probabilityRows[i] = Arrays.copyOfRange(probabilities, from, from + outputs);
    }
    MultiLabelMetrics metrics = MultiLabelMetrics.of(labelRows, probabilityRows);
    Map<String, double[]> found =
        common(metrics.accuracy(), metrics.precision(), metrics.recall(), metrics.f1());
    found.put("mAP", new double[] {metrics.meanAveragePrecision()});
    found.put("average_precision_per_class", doubles(metrics.averagePrecision()));
    addRocAuc(found, metrics.rocAuc(), metrics.meanRocAuc());
    found.put(
        "confusion_matrices_per_class_[[tn,fp],[fn,tp]]",
        flat(metrics.confusionMatrices().stream().flatMap(List::stream).toList()));
    return found;
  }

  private static Map<String, double[]> common(Metrics metrics) {
    return common(metrics.accuracy(), metrics.precision(), metrics.recall(), metrics.f1());
  }

  private static Map<String, double[]> common(
      double accuracy, double precision, double recall, double f1) {
    Map<String, double[]> found = new LinkedHashMap<>();
    found.put("accuracy", new double[] {accuracy});
    found.put("precision", new double[] {precision});
    found.put("recall", new double[] {recall});
    found.put("f1", new double[] {f1});
    return found;
  }

  private static void addRocAuc(Map<String, double[]> found, List<Double> perOutput, double mean) {
    found.put("roc_auc_per_class", doubles(perOutput));
    found.put("roc_auc_seed_mean_roc_auc", new double[] {mean});
    found.put("roc_auc", new double[] {mean});
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] flat(List<List<Integer>> rows) {
    return rows.stream().flatMap(List::stream).mapToDouble(Integer::doubleValue).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static int[] integers(JsonNode golden, String key) {
    return Arrays.stream(Numbers.integers(golden.path(key), key))
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
