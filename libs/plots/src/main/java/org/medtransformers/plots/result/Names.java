package org.medtransformers.plots.result;

import java.util.IntSummaryStatistics;
import java.util.Locale;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.figure.Labels;

/** Names and numbers in figures. */
final class Names {
  private Names() {}

  static String of(Model model) {
    return of(model.initialisation(), model.backbone());
  }

  /** {@code resnet18, ImageNet}. */
  static String of(String initialisation, String backbone) {
    return Labels.shown(backbone, Labels.NAME) + ", " + Labels.shown(initialisation, Labels.NAME);
  }

  static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** {@code 3 trainings}, {@code 2–3 trainings}. */
  static String range(IntStream counts, String thing) {
    IntSummaryStatistics all = counts.summaryStatistics();
    return all.getMin() == all.getMax()
        ? count(all.getMin(), thing)
        : "%d–%d %ss".formatted(all.getMin(), all.getMax(), thing);
  }

  /** {@code 1 training}, {@code 3 trainings}. */
  static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
