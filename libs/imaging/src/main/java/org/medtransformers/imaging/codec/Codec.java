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

  /** Heap that decoding takes at most, beside the file, as its header says. */
  long workingBytes(byte[] file, int channels) throws IOException;

  /** Of pixels of {@code found} channels that become {@code wanted}. */
  static long convertedBytes(long pixels, int found, int wanted) {
    return pixels * (found == wanted ? found : found + wanted);
  }
}
