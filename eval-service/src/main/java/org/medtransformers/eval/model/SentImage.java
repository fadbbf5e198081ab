package org.medtransformers.eval.model;

import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.inference.AskedImage;

/** The body of a request. It has no name of its own: one that a client gave would be distrusted. */
final class SentImage implements AskedImage {
  private static final String NAME = "of the request";

  private final byte[] file;

  /**
   * @param file the whole image, kept
   */
  SentImage(byte[] file) {
    this.file = file;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String origin() {
    return NAME;
  }

  @Override
  public byte[] bytes(ImageDecoder decoder) {
    return file;
  }
}
