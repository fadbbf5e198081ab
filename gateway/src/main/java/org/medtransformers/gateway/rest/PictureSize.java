package org.medtransformers.gateway.rest;

/** How large a picture is asked for: pixels of its longer side. */
final class PictureSize {
  static final String REGEXP = "[1-9]\\d{0,2}|10[01]\\d|102[0-4]";
  static final String MESSAGE = "must be 1 to 1024 pixels";

  private PictureSize() {}
}
