package org.medtransformers.planning;

import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.TrainingMethod;

/**
 * All that a training's speed depends on, besides the machine.
 *
 * @param patch pixels; 0 for a residual network
 * @param size of the images, pixels
 * @param batch images
 * @param channels 1 or 3
 */
public record Setting(
    Backbone backbone, int patch, int size, int batch, int channels, TrainingMethod method) {
  /** By which a measurement is remembered. */
  public String key() {
    return "%s/%d %d px, %d ch, batch %d, %s"
        .formatted(backbone.label(), patch, size, channels, batch, method.label());
  }

  Setting with(TrainingMethod other) {
    return new Setting(backbone, patch, size, batch, channels, other);
  }

  Setting at(int otherSize) {
    return new Setting(backbone, patch, otherSize, batch, channels, method);
  }
}
