package org.medtransformers.learning.method;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.optimizer.Hyper;

/**
 * Learns from labels, of the first view.
 *
 * @param loss that is trained with
 */
public record Supervised(Loss loss) implements Method {
  /** With the plain loss. */
  public static final Supervised PLAIN = new Supervised(Loss.PLAIN);

  @Override
  public String label() {
    return TrainingMethod.SUPERVISED.label();
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of();
  }

  @Override
  public Hyper at(Hyper plain, long update, long epoch) {
    return plain;
  }

  @Override
  public void requireViews(List<Tensor> views) {
    // A batch has one at least.
  }

  @Override
  public List<Tensor> taken(List<Tensor> views) {
    return views.subList(0, 1);
  }
}
