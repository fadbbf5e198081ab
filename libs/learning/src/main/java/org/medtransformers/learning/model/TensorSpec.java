package org.medtransformers.learning.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * One tensor of a network's state.
 *
 * @param name as in torchvision or timm, below {@code backbone.}, {@code fc.} or {@code predictor.}
 * @param trained false for running statistics and counters
 */
public record TensorSpec(String name, List<Long> shape, Init init, boolean trained) {
  static TensorSpec parameter(String name, Init init, long... shape) {
    return new TensorSpec(name, list(shape), init, true);
  }

  /** A tensor that no gradient moves. */
  public static TensorSpec buffer(String name, double value, long... shape) {
    return new TensorSpec(name, list(shape), new Init.Constant(value), false);
  }

  /** Scale, shift, running statistics and counter of a batch norm. */
  static List<TensorSpec> batchNorm(String name, int features) {
    return List.of(
        parameter(name + ".weight", new Init.Constant(1), features),
        parameter(name + ".bias", new Init.Constant(0), features),
        buffer(name + ".running_mean", 0, features),
        buffer(name + ".running_var", 1, features),
        buffer(name + ".num_batches_tracked", 0));
  }

  /** Number of elements. */
  public int elements() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /**
   * Counters are whole numbers (I64); everything else is F32, or F64 to tell rounding from
   * mistakes.
   */
  public boolean counter() {
    return name.endsWith("num_batches_tracked");
  }

  /** What is wrong with {@code found}, which is null if there is none; empty if nothing. */
  Optional<String> mismatch(Tensor found) {
    DType dtype = counter() ? DType.I64 : DType.F32;
    if (found == null) {
      return Optional.of(name + " is missing");
    }
    boolean fits = found.dtype() == dtype || (found.dtype() == DType.F64 && !counter());
    if (!found.shape().equals(shape) || !fits) {
      return Optional.of(
          "%s is %s %s, wanted is %s %s"
              .formatted(name, found.dtype(), found.shape(), dtype, shape));
    }
    return Optional.empty();
  }

  private static List<Long> list(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
