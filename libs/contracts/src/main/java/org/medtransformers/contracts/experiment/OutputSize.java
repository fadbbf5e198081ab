package org.medtransformers.contracts.experiment;

import java.util.Optional;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.CenterCrop;
import org.medtransformers.contracts.config.Transforms.RandomCrop;
import org.medtransformers.contracts.config.Transforms.RandomResizedCrop;
import org.medtransformers.contracts.config.Transforms.Resize;
import org.medtransformers.contracts.config.Transforms.Transform;

/** The size in pixels that a view's images have in the end. */
record OutputSize(int height, int width) {

  /** Empty where images keep their own sizes. */
  static Optional<OutputSize> of(Transforms view) {
    OutputSize size = null;
    for (Transform transform : view.applied()) {
      if (transform instanceof Resize t) {
        size = new OutputSize(t.height(), t.width());
      } else if (transform instanceof CenterCrop t) {
        size = new OutputSize(t.height(), t.width());
      } else if (transform instanceof RandomCrop t) {
        size = new OutputSize(t.height(), t.width());
      } else if (transform instanceof RandomResizedCrop t) {
        size = new OutputSize(t.size(), t.size());
      }
    }
    return Optional.ofNullable(size);
  }

  int smallest() {
    return Math.min(height, width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
