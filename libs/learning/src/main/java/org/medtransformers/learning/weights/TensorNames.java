package org.medtransformers.learning.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * The tensors of a file by our names: {@code backbone.} before torchvision's or timm's name, {@code
 * fc.} for the classifier, which timm calls {@code head.}.
 *
 * @param backbone all that belongs to no head
 * @param head {@code fc.weight} and {@code fc.bias}, as far as they are there
 */
record TensorNames(Map<String, Tensor> backbone, Map<String, Tensor> head) {
  private static final String BACKBONE = "backbone.";

  /** Put before all names by wrappers: data parallel training, and ours. */
  private static final Set<String> PREFIXES = Set.of("module.", BACKBONE);

  static TensorNames of(Map<String, Tensor> file) {
    TensorNames names = new TensorNames(new LinkedHashMap<>(), new LinkedHashMap<>());
    file.forEach(names::add);
    return names;
  }

  private void add(String name, Tensor tensor) {
    String bare = bare(name);
    if (bare.matches("(fc|head)\\.(weight|bias)")) {
      put(head, "fc" + bare.substring(bare.indexOf('.')), tensor);
    } else if (!bare.matches("(fc|head|predictor)\\..*")) {
      // What else is in a head, such as DINO's projection, has no place here.
      put(backbone, BACKBONE + bare, tensor);
    }
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
