package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.TensorSpec;

/** Brings one tensor of a file to the type and shape that a network wants. */
final class TensorFit {
  private static final List<String> STEMS =
      List.of("backbone.conv1.weight", "backbone.patch_embed.proj.weight");

  private TensorFit() {}

  /** Throws {@link IllegalArgumentException} saying what was found where it cannot be done. */
  static Tensor fit(TensorSpec wanted, Tensor found) {
    if (wanted.counter()) {
      requireShape(wanted, found.shape());
      return found.dtype() == DType.I64
          ? found
          : Tensor.ofLongs(Elements.longs(found), sides(wanted.shape()));
    }
    Tensor floats =
        found.dtype() == DType.F32
            ? found
            : Tensor.ofFloats(Elements.floats(found), sides(found.shape()));
    if (floats.shape().equals(wanted.shape())) {
      return floats;
    }
    Tensor adapted = floats;
    if (STEMS.contains(wanted.name()) && wanted.shape().get(1) == 1) {
      adapted = firstChannel(floats);
    } else if (wanted.name().equals("backbone.pos_embed")) {
      adapted = resampled(floats, wanted.shape());
    }
    requireShape(wanted, adapted.shape());
    return adapted;
  }

  /**
   * [outputs, 3, height, width] → [outputs, 1, height, width]. The reference repeats the channels
   * and takes as many as it needs from the front, without rescaling.
   */
  private static Tensor firstChannel(Tensor stem) {
    List<Long> shape = stem.shape();
    if (shape.size() != 4 || shape.get(1) != 3) {
      return stem;
    }
    int plane = (int) (shape.get(2) * shape.get(3)) * Float.BYTES;
    int outputs = shape.get(0).intValue();
    ByteBuffer first = ByteBuffer.allocate(outputs * plane);
    for (int output = 0; output < outputs; output++) {
      first.put(stem.data().slice(output * 3 * plane, plane));
    }
    List<Long> single = new ArrayList<>(shape);
    single.set(1, 1L);
    return new Tensor(DType.F32, single, first.flip());
  }

  private static Tensor resampled(Tensor embedding, List<Long> wanted) {
    List<Long> shape = embedding.shape();
    if (shape.size() != 3 || shape.get(0) != 1 || !shape.get(2).equals(wanted.get(2))) {
      return embedding;
    }
    int features = shape.get(2).intValue();
    int from = grid(shape.get(1));
    int to = grid(wanted.get(1));
    if (from < 1) {
      return embedding;
    }
    float[] values = PositionEmbedding.resample(embedding.floats(), features, from, to);
    return Tensor.ofFloats(values, sides(wanted));
  }

  /** Patches per side; 0 where the tokens are not a class token and a square of patches. */
  private static int grid(long tokens) {
    int side = (int) Math.sqrt(tokens - 1.0);
    return (long) side * side == tokens - 1 ? side : 0;
  }

  private static void requireShape(TensorSpec wanted, List<Long> found) {
    if (!found.equals(wanted.shape())) {
      throw new IllegalArgumentException("is %s, wanted is %s".formatted(found, wanted.shape()));
    }
  }

  private static long[] sides(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
