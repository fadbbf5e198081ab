package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The IHDR chunk.
 *
 * @param depth bits per sample
 * @param colour PNG colour type
 */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  static PngHeader of(ByteBuffer chunk) throws IOException {
    if (chunk.remaining() != 13) {
      throw new IOException("PNG header of " + chunk.remaining() + " bytes instead of 13");
    }
    int width = chunk.getInt();
    int height = chunk.getInt();
    int depth = chunk.get();
    int colour = chunk.get();
    int compression = chunk.get();
    int filter = chunk.get();
    int interlace = chunk.get();
    if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw new IOException("PNG compression, filter or interlace method that does not exist");
    }
    PngHeader header = new PngHeader(width, height, depth, colour, interlace == 1);
    if (!header.isLegal()) {
      throw new IOException("PNG colour type %d of depth %d".formatted(colour, depth));
    }
    return header;
  }

  private boolean isLegal() {
    return switch (colour) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  int samplesPerPixel() {
    return switch (colour) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of {@code pixels} pixels, without the filter byte. */
  long rowBytes(int pixels) {
    return ((long) pixels * samplesPerPixel() * depth + 7) / 8;
  }

  /** Distance between a byte and its left neighbour as the filters see it. */
  int filterDistance() {
    return Math.max(1, samplesPerPixel() * depth / 8);
  }
}
