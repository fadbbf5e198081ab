package org.medtransformers.learning.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * Parameters that are updated with the same settings.
 *
 * @param members positions in the list of trained tensors
 * @param lrScale factor on the learning rate
 * @param decays not so biases and 1-D weights
 * @param apart whether the method gives them a learning rate of their own
 */
public record ParameterGroup(List<Integer> members, double lrScale, boolean decays, boolean apart) {

  /**
   * The groups of a training.
   *
   * @param trained the trained tensors of {@code model}
   * @param layerDecay a layer learns by this factor more slowly than the one above it; 1 for all
   *     alike
   * @param apart tells by name which tensors the method keeps apart
   */
  public static List<ParameterGroup> of(
      ModelSpec model, List<TensorSpec> trained, double layerDecay, Predicate<String> apart) {
    Map<ParameterGroup, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < trained.size(); i++) {
      TensorSpec tensor = trained.get(i);
      double scale = Math.pow(layerDecay, model.layersAbove(tensor.name()));
      boolean decays = decays(tensor.name(), tensor.shape());
      ParameterGroup settings =
          new ParameterGroup(List.of(), scale, decays, apart.test(tensor.name()));
      members.computeIfAbsent(settings, s -> new ArrayList<>()).add(i);
    }
    return members.entrySet().stream().map(e -> e.getKey().of(e.getValue())).toList();
  }

  private ParameterGroup of(List<Integer> positions) {
    return new ParameterGroup(positions, lrScale, decays, apart);
  }

  /** Biases and tensors of one dimension do not. */
  public static boolean decays(String name, List<Long> shape) {
    return shape.size() > 1 && !name.endsWith(".bias");
  }
}
