package org.medtransformers.imaging.codec;

import java.io.IOException;

/** What libjpeg goes on after, and we do not always. */
final class JpegWarnings {
  private JpegWarnings() {}

  /**
   * Stray bytes between segments leave the pixels whole; missing or undecodable data is replaced by
   * grey blocks, which must not be trained on.
   */
  static void check(String warning) throws IOException {
    if (!warning.contains("extraneous bytes")) {
      throw new IOException("damaged: " + warning);
    }
  }
}
