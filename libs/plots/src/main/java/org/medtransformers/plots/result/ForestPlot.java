package org.medtransformers.plots.result;

import java.util.List;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.plots.figure.Figure;
import org.medtransformers.plots.figure.Guide;
import org.medtransformers.plots.figure.Intervals;
import org.medtransformers.plots.figure.Layer;
import org.medtransformers.plots.figure.Mark;
import org.medtransformers.plots.figure.Numbers;
import org.medtransformers.plots.figure.Panel;
import org.medtransformers.plots.figure.Point;
import org.medtransformers.plots.figure.Region;

/** The paired differences of one data set: value, interval, what it allows to say. */
public final class ForestPlot {
  private ForestPlot() {}

  /**
   * A row for each pair of models, in their order.
   *
   * @param name of the figure
   * @param tests of one data set; not empty
   */
  public static Figure of(String name, List<PairedComparison> tests) {
    PairedComparison any = tests.get(0);
    return new Figure(
        name,
        "Paired differences of %s, %s".formatted(any.metric(), any.dataset()),
        caption(tests),
        n(tests),
        List.of(panel(tests)),
        () -> numbers(tests));
  }

  private static String n(List<PairedComparison> tests) {
    PairedComparison any = tests.get(0);
    String groups =
        any.groups() == null ? "" : " of %d patients or lesions".formatted(any.groups());
    return "%s of trainings × %s%s"
        .formatted(
            Names.range(tests.stream().mapToInt(PairedComparison::repetitions), "pair"),
            Names.range(tests.stream().mapToInt(PairedComparison::images), "test image"),
            groups);
  }

  private static String caption(List<PairedComparison> tests) {
    return ("The first model's %s less the second's, mean over pairs of trainings with the same"
            + " seed, on the same test images. Bars: 95 %% intervals by hierarchical bootstrap over"
            + " trainings and %ss. Grey: differences of at most %s count as none%s. What is said of a"
            + " pair holds after Holm's correction for all pairs of the experiment.%s")
        .formatted(
            tests.get(0).metric(),
            tests.get(0).claim().unit(),
            rope(tests),
            tests.stream().allMatch(test -> test.claim().rope() == rope(tests))
                ? ""
                : ", of some pairs larger ones too (column rope of the numbers)",
            tests.size() > Rows.MOST
                ? " Of %d pairs the first %d are shown.".formatted(tests.size(), Rows.MOST)
                : "");
  }

  /** Within which all pairs are equivalent. */
  private static double rope(List<PairedComparison> tests) {
    return tests.stream().mapToDouble(test -> test.claim().rope()).min().orElseThrow();
  }

  private static Panel panel(List<PairedComparison> tests) {
    Rows rows = new Rows();
    rows.holds(0);
    PairedComparison any = tests.get(0);
    double rope = rope(tests);
    rows.holds(rope);
    rows.holds(-rope);
    tests.stream().limit(Rows.MOST).forEach(test -> add(rows, test));
    return rows.panel(
        "%s: paired differences".formatted(any.dataset()),
        "n = " + n(tests),
        "difference of %s (first − second)".formatted(any.metric()),
        List.of(
            new Region("practically equivalent: ±" + rope, -rope, rope),
            new Guide(0, -1, 0, 3.0 * tests.size() + 1)));
  }

  private static void add(Rows rows, PairedComparison test) {
    PairedComparison.Difference difference = test.difference();
    rows.holds(difference.low());
    rows.holds(difference.high());
    rows.holds(difference.value());
    Mark mark = Mark.of(place(test.claim().decision()));
    List<Layer> shown =
        List.of(
            new Intervals(
                null,
                mark,
                List.of(
                    new Point(difference.value(), rows.y(), difference.low(), difference.high())),
                false));
    rows.add(
        Names.of(test.first()) + " − " + Names.of(test.second()),
        "%s [%s, %s]: %s (n = %d × %d)"
            .formatted(
                Names.number(difference.value()),
                Names.number(difference.low()),
                Names.number(difference.high()),
                words(test.claim().decision()),
                test.repetitions(),
                test.images()),
        shown);
  }

  private static int place(Decision decision) {
    return switch (decision) {
      case FIRST_BETTER -> 0;
      case SECOND_BETTER -> 1;
      case EQUIVALENT -> 2;
      case UNCORRECTED, UNDECIDED, INCOMPARABLE -> 6;
    };
  }

  private static String words(Decision decision) {
    return switch (decision) {
      case FIRST_BETTER -> "the first is better";
      case SECOND_BETTER -> "the second is better";
      case EQUIVALENT -> "equivalent";
      case UNCORRECTED -> "undecided after correction";
      case UNDECIDED -> "undecided";
      case INCOMPARABLE -> "not comparable";
    };
  }

  private static Numbers numbers(List<PairedComparison> tests) {
    Numbers numbers =
        new Numbers(
            "dataset",
            "metric",
            "first_model",
            "first_initialisation",
            "second_model",
            "second_initialisation",
            "difference",
            "low",
            "high",
            "interval",
            "rope",
            "decision",
            "p",
            "p_holm",
            "pairs",
            "images",
            "groups",
            "needed");
    for (PairedComparison t : tests) {
      numbers.line(
          t.dataset(),
          t.metric(),
          t.first().backbone(),
          t.first().initialisation(),
          t.second().backbone(),
          t.second().initialisation(),
          t.difference().value(),
          t.difference().low(),
          t.difference().high(),
          t.difference().method().key(),
          t.claim().rope(),
          t.claim().decision().key(),
          t.difference().p(),
          t.difference().pHolm(),
          t.repetitions(),
          t.images(),
          t.groups(),
          t.claim().needed());
    }
    return numbers;
  }
}
