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
 * The state of one of our networks, made of the tensors of a file. What the file has and the
 * network has no place for would be computed by the file's own network and not by ours, so it is
 * refused, heads aside.
 *
 * @param state as {@link org.medtransformers.learning.network.Network#setState} takes it
 * @param passedOver names in the file of what takes no part in what a backbone computes
 */
public record FittedWeights(Map<String, Tensor> state, List<String> passedOver) {
  /** Names in a message; a network has hundreds. */
  private static final int NAMED = 8;

  /**
   * A network to start a training from: the file's backbone and a fresh head, drawn from the seed.
   * A stem for three channels is cut to the first one where the images have one; position
   * embeddings of another grid are resampled.
   *
   * @param file tensors by the names of torchvision, timm or ours, with or without the prefixes of
   *     wrappers such as {@code module.} and {@code backbone.} before them
   * @throws MedtransException {@link ErrorCode#WEIGHTS_INCOMPATIBLE} naming what is missing, of
   *     another shape, or not in the network
   */
  public static FittedWeights start(ModelSpec model, Map<String, Tensor> file, long seed) {
    TensorNames names = TensorNames.of(model, file);
    Map<String, Tensor> given = names.backbone();
    model.tensors().stream()
        .filter(spec -> !spec.name().startsWith("backbone."))
        .forEach(spec -> given.put(spec.name(), Initializer.initialise(spec, seed)));
    return fit(model, given, names);
  }

  /**
   * A trained network, its head included. Other heads than classifiers are known by our own names
   * only.
   *
   * @param file as for {@link #start}, with a head of the model's number of outputs
   * @throws MedtransException {@link ErrorCode#WEIGHTS_INCOMPATIBLE} naming what is missing, of
   *     another shape, or not in the network
   */
  public static FittedWeights trained(ModelSpec model, Map<String, Tensor> file) {
    TensorNames names = TensorNames.of(model, file);
    Map<String, Tensor> given = names.backbone();
    given.putAll(model.head() instanceof Head.Linear ? names.classifier() : names.head());
    return fit(model, given, names);
  }

  private static FittedWeights fit(ModelSpec model, Map<String, Tensor> given, TensorNames names) {
    if (names.distilled()) {
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
    List<String> unknown = new ArrayList<>(names.unknown());
    unknown.addAll(given.keySet());
    requireFit(model, missing, wrong, unknown);
    return new FittedWeights(state, List.copyOf(names.passedOver()));
  }

  private static void requireFit(
      ModelSpec model, List<String> missing, List<String> wrong, List<String> unknown) {
    String what =
        Stream.of(
                list("missing", missing),
                list("not fitting", wrong),
                list("not in the network", unknown))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    if (!what.isEmpty()) {
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
