package org.medtransformers.statistics;

/**
 * Temperature scaling: logits are divided by the one number by which their mean log loss becomes
 * smallest, so that a model is neither surer nor less sure than it is right. What is ranked above
 * what stays as it is.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">On Calibration of Modern Neural Networks, Guo et
 *     al., 2017, section 4.2</a>
 */
public final class Temperature {
  /** The bounds within which it is looked for. */
  public static final double LEAST = 0.05;

  public static final double MOST = 20;

  private static final int HALVINGS = 100;

  private Temperature() {}

  /**
   * The temperature of a split that the model was not trained on. The log loss is convex in its
   * inverse, so the one place where the slope is zero is found by halving. Where classes are told
   * apart without error it is {@link #LEAST}, where logits say nothing or the opposite {@link
   * #MOST}.
   */
  public static double fit(BinaryScores scores) {
    double low = 1 / MOST;
    double high = 1 / LEAST;
    if (slope(scores, low) >= 0) {
      return MOST;
    }
    if (slope(scores, high) <= 0) {
      return LEAST;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(scores, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 2 / (low + high);
  }

  /** Of the log loss in the inverse temperature: the mean of (probability - label) times logit. */
  private static double slope(BinaryScores scores, double inverse) {
    double sum = 0;
    for (int i = 0; i < scores.images(); i++) {
      double logit = scores.logit(i);
      // The probability of the other class, without cancellation.
      double wrong = 1 / (1 + Math.exp(scores.positive(i) ? inverse * logit : -inverse * logit));
      sum += scores.positive(i) ? -wrong * logit : wrong * logit;
    }
    return sum / scores.images();
  }
}
