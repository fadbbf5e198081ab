package org.medtransformers.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Intervals.Interval;
import org.medtransformers.contracts.result.Intervals.Method;
import org.medtransformers.contracts.result.OperatingPoint;

class OperatingTextTest {
  @Test
  void thresholdMeasuresAndCalibrationAreShown() {
    assertEquals(
        """

        malignant: positive at probability >= 0.3000 (logit >= -0.8473), by Youden's index on 40 validation images, 12 of them positive

        at the threshold  value
        sensitivity       0.9000 [0.7000, 0.9800]*
        specificity       0.8000
        ppv               0.7500 [0.5000, 0.9000]p*
        npv               –
        mcc               0.6000

        temperature 1.5000, fitted on the validation split: expected calibration error 0.1200 before, 0.0500 after
        """,
        OperatingText.render(point(null)));
  }

  @Test
  void aRequiredSensitivityAndAThresholdThatNothingReachesAreSaid() {
    assertTrue(OperatingText.render(point(0.95)).contains("for a sensitivity of 0.95 on 40"));
    OperatingPoint nothing =
        new OperatingPoint(
            "malignant",
            new OperatingPoint.Threshold(
                null, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 40, 12),
            List.of(),
            values(),
            null,
            new OperatingPoint.Temperature(20, 0.1, 0.1));
    assertTrue(OperatingText.render(nothing).contains("positive at no probability, by"));
  }

  @Test
  void severalModelsAreALineEach() {
    Map<String, OperatingPoint> all = new LinkedHashMap<>();
    all.put("resnet18 #1", point(null));
    all.put("deit_tiny #1", point(null));
    String shown = OperatingText.table(all);
    assertEquals(
        """

        operating point  threshold                                 sensitivity               specificity  ppv                        npv  mcc
        resnet18 #1      probability >= 0.3000 (logit >= -0.8473)  0.9000 [0.7000, 0.9800]*  0.8000       0.7500 [0.5000, 0.9000]p*  –    0.6000
        deit_tiny #1     probability >= 0.3000 (logit >= -0.8473)  0.9000 [0.7000, 0.9800]*  0.8000       0.7500 [0.5000, 0.9000]p*  –    0.6000

        In brackets: 95 % intervals by BCa (p: of percentiles), 1000 bootstrap resamples of 12 groups
        * not to be relied on: 12 groups, fewer than 30
        """,
        shown);
    assertEquals("", OperatingText.table(Map.of()));
  }

  private static OperatingPoint point(Double sensitivity) {
    return new OperatingPoint(
        "malignant",
        new OperatingPoint.Threshold(sensitivity, 0.3, Math.log(0.3 / 0.7), 40, 12),
        List.of(List.of(8, 2), List.of(1, 9)),
        values(),
        new Intervals(
            0.95,
            1000,
            "group",
            12,
            List.of("12 groups, fewer than 30"),
            Map.of(
                "sensitivity",
                new Interval(0.7, 0.98, 1000, Method.BCA),
                "ppv",
                new Interval(0.5, 0.9, 990, Method.PERCENTILE))),
        new OperatingPoint.Temperature(1.5, 0.12, 0.05));
  }

  private static Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("sensitivity", 0.9);
    values.put("specificity", 0.8);
    values.put("ppv", 0.75);
    values.put("npv", Double.NaN);
    values.put("mcc", 0.6);
    return values;
  }
}
