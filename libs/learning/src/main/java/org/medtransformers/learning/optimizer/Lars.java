package org.medtransformers.learning.optimizer;

import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;

/**
 * Layer-wise adaptive rate scaling before the optimizer's own step: the weight decay λ is added to
 * each tensor's gradient, and the sum is multiplied by {@code trustCoef · ‖w‖ / (‖g‖ + λ‖w‖ +
 * eps)}, or by 1 where either norm is 0. As torchlars, which the reference uses; so it acts on
 * biases and norms too.
 *
 * @see <a href="https://arxiv.org/abs/1708.03888">Large Batch Training of Convolutional Networks,
 *     You et al., 2017</a>
 */
public record Lars(double trustCoef, double eps) {

  /**
   * What a run file asks for.
   *
   * @param effectiveBatch images per update
   * @return nothing where it is off, or the batch is smaller than the one from which it acts
   */
  public static Optional<Lars> of(RunConfig.Lars config, int effectiveBatch) {
    return config != null && config.use() && effectiveBatch >= config.batchActThresh()
        ? Optional.of(new Lars(config.trustCoef(), config.eps()))
        : Optional.empty();
  }
}
