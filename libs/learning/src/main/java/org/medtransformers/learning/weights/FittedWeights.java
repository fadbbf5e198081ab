package org.medtransformers.learning.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * The state of one of our networks, made of the tensors of a file.
 *
 * @param state as {@link org.medtransformers.learning.network.Network#setState} takes it
 * @param unused names in the file that the network has no place for, heads aside
 */
public record FittedWeights(Map<String, Tensor> state, List<String> unused) {
  /** Names in a message; a network has hundreds. */
  private static final int NAMED = 8;

  /**
   * A network to start a training from: the file's backbone and a fresh head, drawn from the seed.
   * A stem for three channels is cut to the first one where the images have one; position
   * embeddings of another grid are resampled.
   *
   * @param file tensors by the names of torchvision, timm or ours, with or without {@code module.}
   *     and {@code backbone.} before them
   * @throws MedtransException {@link ErrorCode#WEIGHTS_INCOMPATIBLE} naming what is missing or of
   *     another shape
   */
  public static FittedWeights start(ModelSpec model, Map<String, Tensor> file, long seed) {
    TensorNames names = TensorNames.of(file);
    Map<String, Tensor> given = names.backbone();
    model.tensors().stream()
        .filter(spec -> !spec.name().startsWith("backbone."))
        .forEach(spec -> given.put(spec.name(), Initializer.initialise(spec, seed)));
    return fit(model, given);
  }

  /**
   * A trained network, its head included. Other heads than classifiers are known by our own names
   * only.
   *
   * @param file as for {@link #start}, with a head of the model's number of outputs
   * @throws MedtransException {@link ErrorCode#WEIGHTS_INCOMPATIBLE} naming what is missing or of
   *     another shape
   */
  public static FittedWeights trained(ModelSpec model, Map<String, Tensor> file) {
    if (!(model.head() instanceof Head.Linear)) {
      return fit(model, new LinkedHashMap<>(file));
    }
    TensorNames names = TensorNames.of(file);
    Map<String, Tensor> given = names.backbone();
    given.putAll(names.head());
    return fit(model, given);
  }

  private static FittedWeights fit(ModelSpec model, Map<String, Tensor> given) {
    if (given.containsKey("backbone.dist_token")) {
      throw MedtransException.of(
          ErrorCode.WEIGHTS_INCOMPATIBLE,
          "the weights are of a distilled DeiT, which has a second class token (dist_token); take"
              + " the file without distillation");
    }
    Map<String, Tensor> state = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (TensorSpec wanted : model.tensors()) {
      Tensor found = given.remove(wanted.name());
      if (found == null && !wanted.counter()) {
        missing.add(wanted.name());
      } else if (found == null) {
        // PyTorch before 0.4.1 did not count batches.
        state.put(wanted.name(), Initializer.initialise(wanted, 0));
      } else {
        try {
          state.put(wanted.name(), TensorFit.fit(wanted, found));
        } catch (IllegalArgumentException e) {
          wrong.add(wanted.name() + " " + e.getMessage());
        }
      }
    }
    List<String> unused = List.copyOf(given.keySet());
    requireComplete(model, missing, wrong, unused);
    return new FittedWeights(state, unused);
  }

  private static void requireComplete(
      ModelSpec model, List<String> missing, List<String> wrong, List<String> unused) {
    if (!missing.isEmpty() || !wrong.isEmpty()) {
      String what =
          Stream.of(list("missing", missing), list("not fitting", wrong), list("left over", unused))
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("; "));
      throw MedtransException.of(
          ErrorCode.WEIGHTS_INCOMPATIBLE,
          "the weights do not fit %s: %s".formatted(model.backbone().label(), what));
    }
  }

  private static String list(String what, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String more = names.size() > NAMED ? ", … (%d in all)".formatted(names.size()) : "";
    return what + ": " + names.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
  }
}
