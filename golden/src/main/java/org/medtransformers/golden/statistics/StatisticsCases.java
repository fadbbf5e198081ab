package org.medtransformers.golden.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;
import org.medtransformers.statistics.CorrectedResampledT;
import org.medtransformers.statistics.Ranks;

/** Group {@code statistics}: tests of folds, ranks, operating points, intervals. */
public record StatisticsCases() implements CaseRunner {
  private static final Set<String> KEYS = Set.of("config", "expected", "tolerance");
  private static final int MANY = 10_000_000;

  /** One runner per group. */
  public static List<CaseRunner> runners() {
    return List.of(new StatisticsCases());
  }

  @Override
  public String group() {
    return "statistics";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  private static void check(JsonNode golden, Comparison comparison) {
    Section config = comparison.section("config", golden.path("config"));
    Section expected = comparison.section("expected", golden.path("expected"));
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    String kind = config.take("kind").asText();
    switch (kind) {
      case "corrected_resampled_t" -> correctedT(config, expected, tolerance);
      case "ranks" -> ranks(config, expected, tolerance);
      case "operating_points" -> new OperatingCase(config, expected, tolerance).check(comparison);
      case "bca" -> new IntervalCase(config, expected, tolerance).check();
      default ->
          throw invalid(
              "config.kind: found %s, allowed are corrected_resampled_t, ranks, operating_points, bca"
                  .formatted(kind));
    }
  }

  private static void correctedT(Section config, Section expected, Tolerance tolerance) {
    CorrectedResampledT found =
        CorrectedResampledT.of(
            numbers(config, "differences"), whole(config, "n_train"), whole(config, "n_test"));
    expected.compare("mean", found.mean(), tolerance);
    expected.compare("t", found.t(), tolerance);
    expected.compare("degrees_of_freedom", found.degreesOfFreedom(), Tolerance.EXACT);
    expected.compare("p", found.p(), tolerance);
  }

  private static void ranks(Section config, Section expected, Tolerance tolerance) {
    JsonNode rows = config.take("metric");
    double[][] metric = new double[rows.size()][];
    for (int i = 0; i < metric.length; i++) {
      metric[i] = Numbers.of(rows.get(i), config.path("metric"));
    }
    boolean larger = config.take("larger_is_better").asBoolean();
    double alpha = Numbers.one(config.take("alpha"), config.path("alpha"));
    Ranks found = Ranks.of(metric, larger, alpha);
    expected.compare("mean_ranks", doubles(found.meanRanks()), tolerance);
    Section friedman = expected.section("friedman");
    friedman.compare("chi_square", found.friedman().chiSquare(), tolerance);
    friedman.compare("degrees_of_freedom", found.friedman().degreesOfFreedom(), Tolerance.EXACT);
    friedman.compare("p", found.friedman().p(), tolerance);
    Section nemenyi = expected.section("nemenyi");
    nemenyi.compare("critical_difference", found.nemenyi().criticalDifference(), tolerance);
    nemenyi.compare(
        "p", doubles(found.nemenyi().p().stream().flatMap(List::stream).toList()), tolerance);
  }

  static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static double[] numbers(Section section, String key) {
    return Numbers.of(section.take(key), section.path(key));
  }

  private static int whole(Section section, String key) {
    return Numbers.whole(section.take(key), section.path(key), 1, MANY);
  }

  /** Of an object {@code {"tolerance", …}}: an absolute one for all its numbers. */
  static Tolerance own(Section section) {
    return Tolerance.absolute(Numbers.one(section.take("tolerance"), section.path("tolerance")));
  }

  static MedtransException invalid(String message) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message);
  }
}
