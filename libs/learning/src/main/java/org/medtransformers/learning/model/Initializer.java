package org.medtransformers.learning.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.tensor.Tensor;

/** First values of a network: a pure function of the seed and each tensor's name. */
public final class Initializer {
  private Initializer() {}

  /** The whole state of {@code model}, in order. */
  public static Map<String, Tensor> initialise(ModelSpec model, long seed) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    model.tensors().forEach(spec -> state.put(spec.name(), initialise(spec, seed)));
    return state;
  }

  /** One tensor of it. */
  public static Tensor initialise(TensorSpec spec, long seed) {
    long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
    if (spec.counter()) {
      return Tensor.ofLongs(new long[spec.elements()], shape);
    }
    CounterRandom random = CounterRandom.of(seed, spec.name());
    float[] values = new float[spec.elements()];
    if (spec.init() instanceof Init.Constant constant) {
      Arrays.fill(values, (float) constant.value());
    } else if (spec.init() instanceof Init.Normal normal) {
      random.normal(values, normal.std());
    } else if (spec.init() instanceof Init.Uniform uniform) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.uniform(i) - 1) * uniform.bound());
      }
    }
    return Tensor.ofFloats(values, shape);
  }
}
