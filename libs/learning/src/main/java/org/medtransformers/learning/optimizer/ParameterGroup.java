package org.medtransformers.learning.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * Parameters that are updated with the same settings.
 *
 * @param members positions in the list of trained tensors
 * @param lrScale factor on the learning rate
 * @param weightDecay 0 for biases and 1-D weights
 */
public record ParameterGroup(List<Integer> members, double lrScale, double weightDecay) {

  /**
   * The groups of a training.
   *
   * @param trained the trained tensors of {@code model}
   * @param layerDecay a layer learns by this factor more slowly than the one above it; 1 for all
   *     alike
   */
  public static List<ParameterGroup> of(
      ModelSpec model, List<TensorSpec> trained, double weightDecay, double layerDecay) {
    Map<ParameterGroup, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < trained.size(); i++) {
      TensorSpec tensor = trained.get(i);
      double scale = Math.pow(layerDecay, model.layersAbove(tensor.name()));
      double decay = decays(tensor.name(), tensor.shape()) ? weightDecay : 0;
      members
          .computeIfAbsent(
              new ParameterGroup(List.of(), scale, decay), settings -> new ArrayList<>())
          .add(i);
    }
    return members.entrySet().stream()
        .map(e -> new ParameterGroup(e.getValue(), e.getKey().lrScale(), e.getKey().weightDecay()))
        .toList();
  }

  /** Biases and tensors of one dimension do not. */
  public static boolean decays(String name, List<Long> shape) {
    return shape.size() > 1 && !name.endsWith(".bias");
  }
}
