package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/**
 * Group {@code ssl}: heads, losses, schedules and short trainings of DINO, BYOL and SimSiam. What a
 * case is about shows in the keys of its {@code config}.
 */
record SelfSupervisedCases(Compute compute) implements CaseRunner {
  private static final Set<String> KEYS = Set.of("config", "state_columns", "state", "expected");
  private static final Set<String> SCHEDULE_KEYS = Set.of("schedules", "tolerance");
  private static final int MANY_UPDATES = 1 << 30;

  @Override
  public String group() {
    return "ssl";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(
        golden,
        comparison -> check(golden, false, comparison),
        comparison -> check(golden, true, comparison));
  }

  /**
   * Runs a case.
   *
   * @param exact in float64 where a network or head computes
   */
  private void check(GoldenCase golden, boolean exact, Comparison comparison) {
    JsonNode tree = golden.folder().json(golden.file());
    if (tree.has("schedules")) {
      checkSchedules(golden.read(SCHEDULE_KEYS), comparison);
      return;
    }
    TorchDevice device = compute.start();
    JsonNode read = golden.read(KEYS);
    JsonNode config = read.path("config");
    Section expected = comparison.section("expected", read.path("expected"));
    if (config.has("type")) {
      new HeadCase(read, exact, device).check(expected);
    } else if (config.has("crop_sizes")) {
      new DinoTrainingCase(read, exact, device).check(expected);
    } else if (config.has("method")) {
      new PairTrainingCase(read, exact, device).check(expected);
    } else if (config.has("n_crops")) {
      LossCases.checkDino(config, device, expected);
    } else if (config.has("dim")) {
      LossCases.checkPairs(config, device, expected);
    } else {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "config: found none of the keys type, crop_sizes, method, n_crops, dim");
    }
  }

  private static void checkSchedules(JsonNode golden, Comparison comparison) {
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    for (JsonNode schedule : golden.path("schedules")) {
      CosineRamp ramp =
          new CosineRamp(
              Numbers.one(schedule.path("base"), "base"),
              Numbers.one(schedule.path("final"), "final"),
              Numbers.whole(schedule.path("iters"), "iters", 1, MANY_UPDATES));
      Section values = comparison.section("values", schedule.path("values"));
      for (String update : values.keys()) {
        values.compare(update, ramp.at(Long.parseLong(update)), tolerance);
      }
    }
  }
}
