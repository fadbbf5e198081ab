package org.medtransformers.learning.method;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.optimizer.Optimizer;

/**
 * A network learns to predict of one view what it says itself of the other.
 *
 * @param predictorLr constant learning rate of the predictor; none where it has the schedule of all
 * @see <a href="https://arxiv.org/abs/2011.10566">Exploring Simple Siamese Representation Learning,
 *     Chen &amp; He, 2020</a>
 */
public record SimSiam(OptionalDouble predictorLr) implements Method {

  /** Of a run file. */
  static SimSiam of(RunConfig run, Optimizer optimizer) {
    boolean constant = run.medtrans().simsiam().constantPredictorLr();
    return new SimSiam(constant ? OptionalDouble.of(optimizer.lr()) : OptionalDouble.empty());
  }

  @Override
  public String label() {
    return TrainingMethod.SIMSIAM.label();
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of();
  }

  @Override
  public Hyper at(Hyper plain, long update, long epoch) {
    return predictorLr.isPresent() ? plain.withApartLr(predictorLr.getAsDouble()) : plain;
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
  public boolean keepsApart(String name) {
    return name.startsWith("predictor.");
  }
}
