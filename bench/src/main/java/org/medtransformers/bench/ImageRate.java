package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a measurement of images prints, with the fields of a peer's.
 *
 * @param peer who was measured
 * @param pipeline what was done to each image
 * @param images in the folder
 * @param perSecond images per second in the fastest round
 */
record ImageRate(
    String peer, String pipeline, int images, @JsonProperty("images_per_s") double perSecond) {
  static final String OURS = "medtransformers";

  static ImageRate ours(String pipeline, int images, double seconds) {
    return new ImageRate(OURS, pipeline, images, Math.round(images / seconds * 10) / 10.0);
  }
}
