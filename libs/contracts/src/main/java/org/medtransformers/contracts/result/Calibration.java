package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Whether a model is right as often as it says. The confidence is the probability of what is
 * predicted; where an image may show several classes, each class is a prediction of its own.
 *
 * @param expectedError expected calibration error: the mean difference of confidence and accuracy
 *     over the bins, weighted by their predictions
 * @param bins of equal width over [0, 1]; a bin contains its upper bound
 * @see <a href="https://arxiv.org/abs/1706.04599">On Calibration of Modern Neural Networks, Guo et
 *     al., 2017, equation 5</a>
 */
public record Calibration(
    @JsonProperty("expected_calibration_error") double expectedError, List<Bin> bins) {

  /**
   * One bin.
   *
   * @param n predictions
   * @param confidence their mean; NaN without any
   * @param accuracy share of them that is right; NaN without any
   */
  public record Bin(double low, double high, int n, double confidence, double accuracy) {}
}
