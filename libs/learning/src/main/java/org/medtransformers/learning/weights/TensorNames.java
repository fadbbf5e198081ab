package org.medtransformers.learning.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * The tensors of a file by our names: {@code backbone.} before torchvision's or timm's name, {@code
 * fc.} for the classifier, which timm calls {@code head.}.
 *
 * @param backbone what the network's backbone has a place for
 * @param head what lies above an embedding, by its names in the file
 * @param passedOver names in the file of what takes no part in what a backbone computes
 * @param unknown names in the file of all else: what they stand for, the network does not compute
 */
record TensorNames(
    Map<String, Tensor> backbone,
    Map<String, Tensor> head,
    List<String> passedOver,
    List<String> unknown) {
  private static final String BACKBONE = "backbone.";

  /** Put before all names by wrappers: compiled, data parallel, training frameworks, and ours. */
  private static final Set<String> PREFIXES =
      Set.of("_orig_mod.", "module.", "model.", "encoder.", BACKBONE);

  private static final Pattern CLASSIFIER = Pattern.compile("(fc|head|classifier)\\.(weight|bias)");

  /**
   * What lies above an embedding, by the names of torchvision, timm, DINO, SwAV, SimSiam and ours.
   */
  private static final Pattern HEAD =
      Pattern.compile(
          "(fc|heads?|classifier|pre_logits|projector|projection_head|prototypes|predictor)\\..+");

  /**
   * No weights of what a backbone computes: the token that stands for hidden patches where a
   * network learns to paint them, tables of places that follow from shapes, and how far a training
   * had got.
   */
  private static final Pattern PASSED_OVER =
      Pattern.compile(
          "mask_token|masked_embed|(.+\\.)?(position_ids|relative_position_index|attn_mask)"
              + "|epoch|step|global_step|iteration|(optimizer|scheduler|lr_scheduler)\\..+");

  /** Sorts the tensors of {@code file} by what {@code model} does with them. */
  static TensorNames of(ModelSpec model, Map<String, Tensor> file) {
    Set<String> places =
        model.tensors().stream()
            .map(TensorSpec::name)
            .filter(name -> name.startsWith(BACKBONE))
            .collect(Collectors.toSet());
    TensorNames names =
        new TensorNames(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    file.forEach((name, tensor) -> names.add(name, tensor, places));
    return names;
  }

  private void add(String name, Tensor tensor, Set<String> places) {
    String bare = bare(name);
    if (places.contains(BACKBONE + bare)) {
      put(backbone, BACKBONE + bare, tensor);
    } else if (HEAD.matcher(bare).matches()) {
      head.put(name, tensor);
    } else if (PASSED_OVER.matcher(bare).matches()) {
      passedOver.add(name);
    } else {
      unknown.add(name);
    }
  }

  /**
   * {@code fc.weight} and {@code fc.bias} of a head that is a linear classifier; what else is in it
   * is unknown.
   */
  Map<String, Tensor> classifier() {
    Map<String, Tensor> classifier = new LinkedHashMap<>();
    head.forEach(
        (name, tensor) -> {
          String bare = bare(name);
          if (CLASSIFIER.matcher(bare).matches()) {
            put(classifier, "fc" + bare.substring(bare.indexOf('.')), tensor);
          } else {
            unknown.add(name);
          }
        });
    return classifier;
  }

  /** Whether the file is of a distilled DeiT, whose class is the mean of what two heads say. */
  boolean distilled() {
    return unknown.stream().anyMatch(name -> bare(name).equals("dist_token"));
  }

  private static void put(Map<String, Tensor> to, String name, Tensor tensor) {
    if (to.put(name, tensor) != null) {
      throw MedtransException.of(
          ErrorCode.WEIGHTS_INCOMPATIBLE, "two tensors of the file are " + name + " here");
    }
  }

  private static String bare(String name) {
    String rest = name;
    while (PREFIXES.contains(rest.substring(0, rest.indexOf('.') + 1))) {
      rest = rest.substring(rest.indexOf('.') + 1);
    }
    return rest;
  }
}
