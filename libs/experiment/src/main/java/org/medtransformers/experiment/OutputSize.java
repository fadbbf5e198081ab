package org.medtransformers.experiment;

import java.util.Optional;
import org.medtransformers.contracts.config.Transforms.CenterCrop;
import org.medtransformers.contracts.config.Transforms.RandomCrop;
import org.medtransformers.contracts.config.Transforms.RandomResizedCrop;
import org.medtransformers.contracts.config.Transforms.Resize;
import org.medtransformers.contracts.config.Transforms.Transform;

/** The size of an image in pixels. */
record OutputSize(int height, int width) {

  static OutputSize square(int side) {
    return new OutputSize(side, side);
  }

  /** What {@code transform} makes of it; empty where images keep their own sizes. */
  static Optional<OutputSize> after(Optional<OutputSize> size, Transform transform) {
    if (transform instanceof Resize t) {
      return Optional.of(new OutputSize(t.height(), t.width()));
    } else if (transform instanceof CenterCrop t) {
      return Optional.of(new OutputSize(t.height(), t.width()));
    } else if (transform instanceof RandomCrop t) {
      return Optional.of(new OutputSize(t.height(), t.width()));
    } else if (transform instanceof RandomResizedCrop t) {
      return Optional.of(square(t.size()));
    }
    return size;
  }

  int smallest() {
    return Math.min(height, width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
