package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.training.Learner;

/**
 * The network of a golden case of {@code models/}, untrained.
 *
 * @param state weights and running statistics, filled by rule
 * @param input F32 images [n, channels, height, width]
 */
public record GoldenNetwork(ModelSpec spec, Map<String, Tensor> state, Tensor input) {
  /** Start the engine first. */
  public static GoldenNetwork of(JsonNode golden) {
    ModelCase model = new ModelCase(golden, false);
    try (Learner learner = model.learner(TorchDevice.CPU)) {
      return new GoldenNetwork(learner.spec().model(), learner.network().state(), model.input());
    }
  }
}
