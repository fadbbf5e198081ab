package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Group {@code lr_finder}: the learning rates of a search, and which is best. */
record LearningRateCases() implements CaseRunner {
  private static final Set<String> KEYS = Set.of("tolerance", "points", "selection");
  private static final int MANY = 1_000_000;

  @Override
  public String group() {
    return "lr_finder";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  private static void check(JsonNode golden, Comparison comparison) {
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    JsonNode points = golden.path("points");
    for (int i = 0; i < points.size(); i++) {
      Section row = comparison.section("points[" + i + "]", points.get(i));
      row.compare("expected", grid(row), tolerance);
    }
    if (golden.has("selection")) {
      Section selection = comparison.section("selection", golden.get("selection"));
      selection.informational("notes");
      checkBest(selection, "val_acc", "best_acc_index", LearningRateGrid::firstLargest);
      checkBest(selection, "val_loss", "best_loss_index", LearningRateGrid::firstSmallest);
    }
  }

  private static double[] grid(Section row) {
    double minPow = Numbers.one(row.take("min_pow"), row.path("min_pow"));
    double maxPow = Numbers.one(row.take("max_pow"), row.path("max_pow"));
    int resolution = Numbers.whole(row.take("resolution"), row.path("resolution"), 1, MANY);
    return LearningRateGrid.even(minPow, maxPow, resolution).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static void checkBest(
      Section selection, String values, String index, Function<List<Double>, OptionalInt> choice) {
    if (selection.has(values)) {
      double[] found = Numbers.of(selection.take(values), selection.path(values));
      OptionalInt best = choice.apply(Arrays.stream(found).boxed().toList());
      selection.compare(index, best.orElse(-1), Tolerance.EXACT);
    }
  }
}
