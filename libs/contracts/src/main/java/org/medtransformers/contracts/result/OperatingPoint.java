package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a model of two classes is worth as a test for the positive one. Threshold and temperature
 * are of the validation split, everything else of the measured one.
 *
 * @param positive name of the positive class
 * @param threshold from which on an image is called positive
 * @param confusionMatrix rows are truth, columns prediction at the threshold: negative, positive
 * @param values {@code sensitivity}, {@code specificity}, {@code ppv}, {@code npv}, {@code mcc} and
 *     {@code balanced_accuracy} at the threshold, {@code brier} and {@code log_loss}, {@code
 *     sensitivity_at_specificity_0.80}, {@code …_0.90} and {@code …_0.95} on the measured split's
 *     own curve; NaN where 0/0
 * @param intervals of {@code values}, threshold and temperature being fixed; null without resamples
 */
public record OperatingPoint(
    String positive,
    Threshold threshold,
    @JsonProperty("confusion_matrix") List<List<Integer>> confusionMatrix,
    Map<String, Double> values,
    Intervals intervals,
    Temperature temperature) {

  /**
   * A threshold and how it was chosen.
   *
   * @param requiredSensitivity the highest threshold with this sensitivity or more; null: the one
   *     with the largest sensitivity + specificity - 1 (Youden's index)
   * @param probability an image is called positive at this or more; infinite where none is better
   *     than calling nothing positive
   * @param logit the same as log-odds
   * @param n images of the validation split
   * @param positives those of them that are positive
   */
  public record Threshold(
      @JsonProperty("required_sensitivity") Double requiredSensitivity,
      double probability,
      double logit,
      int n,
      int positives) {}

  /**
   * Temperature scaling, and what it does to the calibration of the measured split.
   *
   * @param value by which logits are divided
   * @param before expected calibration error as it is, see {@link Calibration}
   * @param after the same of the scaled logits
   */
  public record Temperature(
      double value,
      @JsonProperty("expected_calibration_error_before") double before,
      @JsonProperty("expected_calibration_error_after") double after) {}
}
