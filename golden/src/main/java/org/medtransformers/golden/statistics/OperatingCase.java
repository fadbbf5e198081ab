package org.medtransformers.golden.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;
import org.medtransformers.statistics.BinaryScores;
import org.medtransformers.statistics.OperatingMeasures;
import org.medtransformers.statistics.Reliability;
import org.medtransformers.statistics.Temperature;
import org.medtransformers.statistics.Threshold;

/** A threshold and a temperature from one split, and what they are worth on another. */
record OperatingCase(Section config, Section expected, Tolerance tolerance) {
  private static final String AT_SPECIFICITY = "sensitivity_at_specificity";
  private static final List<String> OF_THRESHOLD =
      List.of("sensitivity", "specificity", "ppv", "npv", "mcc", "balanced_accuracy");

  void check(Comparison comparison) {
    BinaryScores validation = scores("validation");
    BinaryScores test = scores("test");
    Threshold threshold = Threshold.youden(validation);
    Map<String, Double> found = new OperatingMeasures(test, threshold).values();
    expected.compare("threshold_logit", threshold.logit(), tolerance);
    OF_THRESHOLD.forEach(name -> expected.compare(name, found.get(name), tolerance));
    expected.compare("brier", found.get("brier"), tolerance);
    expected.compare("log_loss", found.get("log_loss"), tolerance);
    sensitivities(found, comparison);
    temperature(validation, test);
  }

  private BinaryScores scores(String split) {
    Section images = config.section(split);
    int[] labels =
        Arrays.stream(Numbers.integers(images.take("label"), images.path("label")))
            .mapToInt(Math::toIntExact)
            .toArray();
    return BinaryScores.of(labels, StatisticsCases.numbers(images, "logit"));
  }

  /** At the specificities that are asked for, each of which must be one that is measured. */
  private void sensitivities(Map<String, Double> found, Comparison comparison) {
    Section at = expected.section(AT_SPECIFICITY);
    for (String key : at.keys()) {
      Double sensitivity = found.get(AT_SPECIFICITY + "_" + key);
      if (sensitivity == null) {
        throw StatisticsCases.invalid(
            at.path(key) + ": no such specificity is measured, only " + found.keySet());
      }
      at.compare(key, sensitivity, tolerance);
    }
    double[] asked = StatisticsCases.numbers(config, "specificities");
    double[] compared = at.keys().stream().mapToDouble(Double::parseDouble).toArray();
    comparison.equal("config.specificities", Arrays.toString(asked), Arrays.toString(compared));
  }

  private void temperature(BinaryScores validation, BinaryScores test) {
    double temperature = Temperature.fit(validation);
    Section fitted = expected.section("temperature");
    fitted.compare("value", temperature, StatisticsCases.own(fitted));
    expected.compare("ece_before", Reliability.of(test.outcomes()).expectedError(), tolerance);
    Section after = expected.section("ece_after");
    after.compare(
        "value",
        Reliability.of(test.scaled(temperature).outcomes()).expectedError(),
        StatisticsCases.own(after));
  }
}
