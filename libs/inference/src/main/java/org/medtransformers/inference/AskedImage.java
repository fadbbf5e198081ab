package org.medtransformers.inference;

import org.medtransformers.imaging.codec.ImageDecoder;

/** An image that a model is asked about. */
public interface AskedImage {
  /** What its prediction is told under. */
  String name();

  /** What an error calls it. */
  String origin();

  /** The bytes of its file, no more than {@code decoder} allows. */
  byte[] bytes(ImageDecoder decoder);
}
