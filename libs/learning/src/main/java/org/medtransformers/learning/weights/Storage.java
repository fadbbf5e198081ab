package org.medtransformers.learning.weights;

import org.medtransformers.contracts.tensor.DType;

/**
 * The memory that tensors of a file are views of, as the pickle names it.
 *
 * @param key by which the file keeps its bytes
 * @param dtype of one element
 * @param elements how many there are said to be
 */
record Storage(String key, DType dtype, long elements) {
  /** Throws where the product overflows. */
  long bytes() {
    try {
      return Math.multiplyExact(elements, dtype.bytes());
    } catch (ArithmeticException e) {
      throw new UnreadableWeightsException(
          "storage %s claims to have %d elements".formatted(key, elements));
    }
  }
}
