package org.medtransformers.imaging.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;

/** Gathers one view of all images of a batch into a tensor; made to size by the first. */
final class ViewBuffer {
  private final int images;
  private final BatchMemory memory;
  private ByteBuffer bytes;
  private float[] values;
  private Image first;

  /**
   * @param memory shared by all views of the batch
   */
  ViewBuffer(int images, BatchMemory memory) {
    this.images = images;
    this.memory = memory;
  }

  /**
   * Room for the values of the next image, reused from image to image.
   *
   * @param name what to call the image in an error
   */
  float[] next(Image image, String name) {
    if (first == null) {
      first = image;
      long size = (long) images * image.data().length * Float.BYTES;
      memory.take(size);
      values = new float[image.data().length];
      bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    }
    if (image.height() != first.height() || image.width() != first.width()) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "images of a batch must have one size: %s has %d x %d pixels, the first %d x %d; add a Resize or a crop"
              .formatted(name, image.height(), image.width(), first.height(), first.width()));
    }
    return values;
  }

  /** Appends what {@link #next} gave room for. */
  void add(float[] filled) {
    bytes.asFloatBuffer().put(filled);
    bytes.position(bytes.position() + filled.length * Float.BYTES);
  }

  /** [images, channels, height, width]. */
  Tensor tensor() {
    return new Tensor(
        DType.F32,
        List.of(
            (long) images, (long) first.channels(), (long) first.height(), (long) first.width()),
        bytes.flip());
  }
}
