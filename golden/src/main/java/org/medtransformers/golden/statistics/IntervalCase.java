package org.medtransformers.golden.statistics;

import java.util.Collections;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;
import org.medtransformers.statistics.Bootstrap;
import org.medtransformers.statistics.BootstrapInterval;

/** A BCa interval of a mean of single values. */
record IntervalCase(Section config, Section expected, Tolerance tolerance) {
  /** Enough for an endpoint to be sure to a few thousandths of the interval. */
  private static final int DRAWS = 50_000;

  void check() {
    String statistic = config.take("statistic").asText();
    if (!statistic.equals("mean")) {
      throw StatisticsCases.invalid("config.statistic: found " + statistic + ", allowed is mean");
    }
    double[] values = StatisticsCases.numbers(config, "values");
    double level = Numbers.one(config.take("confidence"), config.path("confidence"));
    Bootstrap bootstrap = new Bootstrap(Collections.nCopies(values.length, ""), 0);
    double[] draws = means(values, DRAWS, bootstrap::counts);
    double[] leftOut = means(values, bootstrap.parts(), bootstrap::countsWithout);
    double[] all =
        means(values, 1, none -> IntStream.range(0, values.length).map(i -> 1).toArray());
    Interval found = BootstrapInterval.bca(all[0], draws, leftOut, level);
    if (found.method() != Method.BCA) {
      throw StatisticsCases.invalid("config.values: no BCa interval follows from them");
    }
    expected.compare("acceleration", BootstrapInterval.acceleration(leftOut), tolerance);
    Section bounds = expected.section("interval");
    Tolerance own = StatisticsCases.own(bounds);
    bounds.compare("low", found.low(), own);
    bounds.compare("high", found.high(), own);
  }

  private static double[] means(double[] values, int n, IntFunction<int[]> counts) {
    return IntStream.range(0, n).mapToDouble(i -> mean(values, counts.apply(i))).toArray();
  }

  private static double mean(double[] values, int[] counts) {
    double sum = 0;
    long n = 0;
    for (int i = 0; i < values.length; i++) {
      sum += counts[i] * values[i];
      n += counts[i];
    }
    return sum / n;
  }
}
