package org.medtransformers.imaging.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;

/** Gathers one view of all images of a batch into a tensor; made to size by the first. */
final class ViewBuffer {
  private final DType type;
  private final int images;
  private final BatchMemory memory;
  private ByteBuffer bytes;
  private Image first;
  private int filled;

  /**
   * @param type of the values
   * @param memory shared by all views of the batch
   */
  ViewBuffer(DType type, int images, BatchMemory memory) {
    this.type = type;
    this.images = images;
    this.memory = memory;
  }

  /**
   * The place of the next image's values, in an array.
   *
   * @param name what to call the image in an error
   */
  ByteBuffer next(Image image, Supplier<String> name) {
    if (first == null) {
      first = image;
      long size = (long) images * bytesPerImage();
      memory.take(size);
      bytes = ByteBuffer.allocate(Math.toIntExact(size));
    }
    if (image.height() != first.height() || image.width() != first.width()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "images of a batch must have one size: %s has %d x %d pixels, the first %d x %d; add a Resize or a crop"
              .formatted(name.get(), image.height(), image.width(), first.height(), first.width()));
    }
    int from = filled++ * bytesPerImage();
    return bytes.slice(from, bytesPerImage()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int bytesPerImage() {
    return Math.multiplyExact(first.data().length, type.bytes());
  }

  /** [images, channels, height, width]. */
  Tensor tensor() {
    return new Tensor(
        type,
        List.of(
            (long) images, (long) first.channels(), (long) first.height(), (long) first.width()),
        bytes);
  }
}
