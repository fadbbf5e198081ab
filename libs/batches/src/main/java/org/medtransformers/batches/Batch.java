package org.medtransformers.batches;

import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * One batch as the data-service serves it.
 *
 * @param views images, one tensor per view: float32 {@code [images, channels, height, width]}
 * @param labels int64 {@code [images]}, or float32 {@code [images, 1]} for a binary task
 * @param index int64 {@code [images]}: rows of the prepared data set's index
 */
public record Batch(List<Tensor> views, Tensor labels, Tensor index) {
  public Batch {
    views = List.copyOf(views);
  }

  /** Takes the tensors by their names; throws {@link MalformedSafetensorsException} without one. */
  public static Batch of(Safetensors body) {
    return new Batch(PixelViews.floats(body), body.get("label"), body.get("index"));
  }

  /** The size of all tensors. */
  long bytes() {
    return Stream.concat(views.stream(), Stream.of(labels, index))
        .mapToLong(tensor -> (long) tensor.elements() * tensor.dtype().bytes())
        .sum();
  }

  /** The number of images. */
  public int images() {
    return index.elements();
  }
}
