package org.medtransformers.learning.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.network.NamedArrays;
import org.medtransformers.learning.network.NamedArrays.First;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.Optimizer;

/** What a training remembers besides its networks, as before the first step. */
final class TrainedArrays {
  private static final String GRADIENT_SUM = "gradient_sum";
  private static final String DIVISOR = "divisor";

  private TrainedArrays() {}

  /** An optimizer's moments and step counters: {@code exp_avg.<name>}. */
  static NamedArrays ofOptimizer(Network network, LearnerSpec spec) {
    List<First> first = new ArrayList<>();
    for (String slot : spec.slots()) {
      double initial = spec.optimizer().initialValue(slot);
      for (TensorSpec tensor : spec.trained()) {
        List<Long> shape = slot.equals(Optimizer.STEP) ? List.of() : tensor.shape();
        first.add(new First(slot + "." + tensor.name(), shape, initial));
      }
    }
    return network.beside("slots[]", first);
  }

  /** What a method remembers. */
  static NamedArrays ofMemory(Network network, List<TensorSpec> tensors) {
    return network.beside(
        "state[]",
        tensors.stream().map(tensor -> new First(tensor.name(), tensor.shape(), 0)).toList());
  }

  /** The sum of no gradients: {@code gradient_sum.<name>}, and the sum of the losses' divisors. */
  static NamedArrays ofGradients(Network network, LearnerSpec spec) {
    Stream<First> sums =
        spec.trained().stream()
            .map(tensor -> new First(GRADIENT_SUM + "." + tensor.name(), tensor.shape(), 0));
    Stream<First> divisor = Stream.of(new First(DIVISOR, List.of(), 0));
    return network.beside("sums[]", Stream.concat(sums, divisor).toList());
  }
}
