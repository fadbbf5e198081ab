package org.medtransformers.learning.method;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.optimizer.Hyper;

/**
 * An online network learns to predict of one view what a target, its own moving average, says of
 * the other.
 *
 * @param targetMomentum how much of the target stays in an update
 * @see <a href="https://arxiv.org/abs/2006.07733">Bootstrap Your Own Latent, Grill et al., 2020</a>
 */
public record Byol(CosineRamp targetMomentum) implements Method {

  /**
   * Of a run file.
   *
   * @param updates of the whole training
   */
  static Byol of(RunConfig run, long updates) {
    List<Double> momentum = run.medtrans().byol().momentum();
    return new Byol(new CosineRamp(momentum.get(0), momentum.get(1), updates));
  }

  @Override
  public String label() {
    return TrainingMethod.BYOL.label();
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of();
  }

  @Override
  public Hyper at(Hyper plain, long update, long epoch) {
    return plain.withTeacher(targetMomentum.at(update), 1);
  }

  @Override
  public void requireViews(List<Tensor> views) {
    Method.requireTwoViews(label(), views);
  }

  @Override
  public void requireBatches(LoaderInfo loader) {
    Method.requirePairs(label(), loader);
  }

  @Override
  public boolean hasTeacher() {
    return true;
  }
}
