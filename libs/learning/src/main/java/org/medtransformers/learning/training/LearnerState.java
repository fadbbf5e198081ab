package org.medtransformers.learning.training;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.NamedArrays;
import org.medtransformers.learning.network.Network;

/**
 * What a learner holds in libtorch's memory: the network that learns, the one that follows it if
 * any does (a moving average of the weights, a teacher), what its method remembers, the optimizer's
 * state, gradients gathered for the next update.
 */
final class LearnerState {
  private final Network network;
  private final Optional<Network> average;
  private final Optional<Network> teacher;
  private final boolean evaluatesTeacher;
  private final NamedArrays memory;
  private final NamedArrays optimizer;
  private final Optional<NamedArrays> sums;

  LearnerState(LearnerSpec spec, Network network) {
    Method method = spec.method();
    ModelSpec taught = spec.model().taught();
    this.network = network;
    this.average =
        spec.recipe().averages() ? Optional.of(network.twin(spec.model())) : Optional.empty();
    this.teacher = method.hasTeacher() ? Optional.of(network.twin(taught)) : Optional.empty();
    this.evaluatesTeacher = method.evaluatesTeacher();
    this.memory = TrainedArrays.ofMemory(network, method.memory(spec.model()));
    this.optimizer = TrainedArrays.ofOptimizer(network, spec);
    this.sums =
        spec.recipe().accumulation().gathers()
            ? Optional.of(TrainedArrays.ofGradients(network, spec))
            : Optional.empty();
  }

  /** The network that learns. */
  Network network() {
    return network;
  }

  Optional<Network> teacher() {
    return teacher;
  }

  Map<String, Tensor> memory() {
    return memory.read();
  }

  /** The network that the training is for. */
  Network evaluated() {
    return average.or(() -> teacher.filter(t -> evaluatesTeacher)).orElse(network);
  }

  /** The second network, whichever it is. */
  private Optional<Network> follower() {
    return average.or(() -> teacher);
  }

  boolean gathers() {
    return sums.isPresent();
  }

  /** Arguments of a step, by the names under which kernels take them. */
  NDList arguments(boolean updates) {
    NDList arguments = new NDList(network.arrays().arrays());
    teacher.ifPresent(t -> arguments.addAll(t.arrays().arrays()));
    arguments.addAll(memory.arrays());
    if (updates) {
      arguments.addAll(optimizer.arrays());
    }
    sums.ifPresent(s -> arguments.addAll(s.arrays()));
    return arguments;
  }

  /** Copies of what {@link #arguments} of an update has, by list and place in it. */
  Map<String, Tensor> readArguments() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    Stream.of(
            Stream.of(network.arrays()),
            teacher.map(Network::arrays).stream(),
            Stream.of(memory, optimizer),
            sums.stream())
        .flatMap(arrays -> arrays)
        .filter(arrays -> !arrays.names().isEmpty())
        .forEach(
            arrays ->
                arrays
                    .read()
                    .values()
                    .forEach(tensor -> copies.put(next(arrays.list(), copies), tensor)));
    return copies;
  }

  private static String next(String list, Map<String, Tensor> copies) {
    long before = copies.keySet().stream().filter(key -> key.startsWith(list)).count();
    return list + before;
  }

  /** Moves the average, where there is one, after an update. */
  void updateAverage() {
    average.ifPresent(
        averaged ->
            averaged
                .arrays()
                .as(
                    "averages[]",
                    () -> {
                      NDList arguments = new NDList(network.arrays().arrays());
                      arguments.addAll(averaged.arrays().arrays());
                      network.kernels().train("average", arguments).close();
                    }));
  }

  /** First weights; a follower begins where the network does. */
  void begin(Map<String, Tensor> weights) {
    network.setState(weights);
    follower().ifPresent(f -> f.setState(part(weights, f)));
  }

  /** The tensors of {@code weights} that {@code smaller} has. */
  private static Map<String, Tensor> part(Map<String, Tensor> weights, Network smaller) {
    Map<String, Tensor> part = new LinkedHashMap<>(weights);
    part.keySet().retainAll(smaller.arrays().names());
    return part;
  }

  /**
   * Copies everything.
   *
   * @param progress where the training stands
   * @param midGroup whether gradients are gathered at the moment
   */
  LearnerSnapshot copy(LearnerFiles.Progress progress, boolean midGroup) {
    LearnerSnapshot copy = new LearnerSnapshot(progress);
    try {
      copy.add(LearnerFiles.MODEL, evaluated().arrays());
      if (follower().isPresent()) {
        copy.add(otherFile(), other().arrays());
      }
      if (!memory.names().isEmpty()) {
        copy.add(LearnerFiles.MEMORY, memory);
      }
      copy.add(LearnerFiles.OPTIMIZER, optimizer);
      if (midGroup) {
        copy.add(LearnerFiles.GRADIENTS, sums.orElseThrow());
      }
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Reads the files of a {@link LearnerSnapshot}. */
  void load(Path folder, boolean midGroup) throws IOException {
    evaluated().setState(LearnerFiles.model(folder));
    if (follower().isPresent()) {
      other().setState(LearnerFiles.read(folder.resolve(otherFile())));
    }
    if (!memory.names().isEmpty()) {
      memory.set(LearnerFiles.read(folder.resolve(LearnerFiles.MEMORY)));
    }
    optimizer.set(LearnerFiles.read(folder.resolve(LearnerFiles.OPTIMIZER)));
    if (midGroup) {
      sums.orElseThrow().set(LearnerFiles.read(folder.resolve(LearnerFiles.GRADIENTS)));
    }
  }

  /** The one of the two networks that is not evaluated. */
  private Network other() {
    return evaluated() == network ? follower().orElseThrow() : network;
  }

  private String otherFile() {
    return evaluated() == network ? LearnerFiles.TARGET : LearnerFiles.UNAVERAGED;
  }

  /** Names of the tensors that follow those of the network in a step's state. */
  static List<String> companions(LearnerSpec spec) {
    Method method = spec.method();
    List<String> names = new ArrayList<>();
    if (method.hasTeacher()) {
      spec.model().taught().tensors().forEach(tensor -> names.add("teacher." + tensor.name()));
    }
    method.memory(spec.model()).forEach(tensor -> names.add(tensor.name()));
    return names;
  }
}
