package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.contracts.result.OperatingPoint.Threshold;

/** What models of two classes are worth as tests, as text. */
public final class OperatingText {
  private static final List<String> SHORT =
      List.of("sensitivity", "specificity", "ppv", "npv", "mcc");

  private OperatingText() {}

  /** All of one model. */
  static String render(OperatingPoint point) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("at the threshold", "value"));
    point.values().keySet().forEach(name -> rows.add(List.of(name, value(point, name))));
    OperatingPoint.Temperature temperature = point.temperature();
    return "\n%s: positive at %s, %s\n\n"
            .formatted(
                Columns.printable(point.positive()), at(point.threshold()), by(point.threshold()))
        + Columns.render(rows)
        + String.format(
            Locale.ROOT,
            "%ntemperature %.4f, fitted on the validation split: expected calibration error %.4f"
                + " before, %.4f after%n",
            temperature.value(),
            temperature.before(),
            temperature.after());
  }

  /**
   * A line for each of several models; empty without any.
   *
   * @param points by the model's name
   */
  public static String table(Map<String, OperatingPoint> points) {
    if (points.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("operating point", "threshold"));
    head.addAll(SHORT);
    rows.add(head);
    points.forEach((name, point) -> rows.add(row(name, point)));
    String legend =
        points.values().stream()
            .map(point -> IntervalText.legend(point.intervals()))
            .distinct()
            .collect(Collectors.joining());
    return "\n" + Columns.render(rows) + "\n" + legend;
  }

  private static List<String> row(String name, OperatingPoint point) {
    List<String> row = new ArrayList<>(List.of(name, at(point.threshold())));
    SHORT.forEach(measure -> row.add(value(point, measure)));
    return row;
  }

  private static String value(OperatingPoint point, String name) {
    return IntervalText.number(point.values().get(name)) + IntervalText.of(name, point.intervals());
  }

  private static String at(Threshold threshold) {
    return Double.isInfinite(threshold.probability())
        ? "no probability"
        : String.format(
            Locale.ROOT,
            "probability >= %.4f (logit >= %.4f)",
            threshold.probability(),
            threshold.logit());
  }

  private static String by(Threshold threshold) {
    String rule =
        threshold.requiredSensitivity() == null
            ? "by Youden's index"
            : "for a sensitivity of " + threshold.requiredSensitivity();
    return "%s on %d validation images, %d of them positive"
        .formatted(rule, threshold.n(), threshold.positives());
  }
}
