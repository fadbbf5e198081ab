package org.medtransformers.learning.optimizer;

/**
 * The factor that keeps half precision's small gradients from vanishing, moved as PyTorch's {@code
 * GradScaler} does with its defaults: halved when a gradient overflows, whose update is left out;
 * doubled after 2,000 updates in a row that did not.
 *
 * @param on whether the loss is scaled at all
 * @param scale a power of two
 * @param goodUpdates in a row since the scale last changed
 * @see <a href="https://arxiv.org/abs/1710.03740">Mixed Precision Training, Micikevicius et al.,
 *     2017, section 3.2</a>
 */
public record LossScale(boolean on, double scale, int goodUpdates) {
  /** The loss as it is. */
  public static final LossScale OFF = new LossScale(false, 1, 0);

  private static final double GROWTH = 2;
  private static final double BACKOFF = 0.5;
  private static final int GROWTH_INTERVAL = 2000;

  /** Below it, gradients overflow whatever the scale: the training diverged. */
  private static final double SMALLEST = 0x1p-13;

  /** Where a training begins. */
  public static LossScale initial() {
    return new LossScale(true, 65_536, 0);
  }

  /**
   * After an update.
   *
   * @param finite whether its gradients were
   */
  public LossScale next(boolean finite) {
    if (!on) {
      return this;
    }
    if (!finite) {
      return new LossScale(true, scale * BACKOFF, 0);
    }
    if (goodUpdates + 1 < GROWTH_INTERVAL) {
      return new LossScale(true, scale, goodUpdates + 1);
    }
    boolean fits = scale * GROWTH <= Float.MAX_VALUE;
    return new LossScale(true, fits ? scale * GROWTH : scale, 0);
  }

  /** Whether a gradient that is not finite may come from the scale. */
  public boolean mayOverflow() {
    return on && scale >= SMALLEST;
  }
}
