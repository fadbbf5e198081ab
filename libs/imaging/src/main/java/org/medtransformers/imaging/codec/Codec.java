package org.medtransformers.imaging.codec;

import java.io.IOException;
import org.medtransformers.imaging.Image;

/** One file format. All methods take the whole file. */
interface Codec {
  /** Whether the first bytes are this format's. */
  boolean recognises(byte[] file);

  /** Reads the header only. */
  Dimensions dimensions(byte[] file) throws IOException;

  /**
   * The pixels, grey (1) or RGB (3).
   *
   * @param range by which samples of more than 8 bits become 8
   * @throws IOException with the reason where the file is damaged or of an unsupported kind
   */
  Image decode(byte[] file, int channels, SampleRange range) throws IOException;

  /** Memory that decoding takes at most, beside the file. */
  default int workingBytesPerPixel(int channels) {
    // A JPEG's pixels exist twice while they pass from the native library into an array.
    return 2 * channels;
  }
}
