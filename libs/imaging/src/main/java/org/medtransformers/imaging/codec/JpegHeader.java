package org.medtransformers.imaging.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The frame header (SOF) of a JPEG file, found by walking the segments (ITU T.81, annex B). */
record JpegHeader(Dimensions dimensions, int components) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP2 = 0xE2;

  static JpegHeader of(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).position(2);
    for (int marker = marker(in); marker != START_OF_SCAN; marker = marker(in)) {
      ByteBuffer segment = segment(in);
      if (isFrame(marker)) {
        if (segment.remaining() < 6) {
          throw new IOException("truncated");
        }
        int height = segment.getShort(1) & 0xFFFF;
        int width = segment.getShort(3) & 0xFFFF;
        return new JpegHeader(new Dimensions(height, width), segment.get(5));
      }
    }
    throw new IOException("JPEG without a frame header");
  }

  /**
   * {@code file} without its ICC profile, by which ImageIO would convert the colours where PIL does
   * not.
   */
  static byte[] withoutProfile(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 2);
    ByteBuffer in = ByteBuffer.wrap(file).position(2);
    while (true) {
      int start = in.position();
      int marker = marker(in);
      if (marker == START_OF_SCAN) {
        out.write(file, start, file.length - start);
        return out.toByteArray();
      }
      segment(in);
      if (marker != APP2) {
        out.write(file, start, in.position() - start);
      }
    }
  }

  /**
   * Throws where a decoder has found another size than this one, which the limits were held
   * against.
   */
  void requireSize(int width, int height) throws IOException {
    if (!dimensions.equals(new Dimensions(height, width))) {
      throw new IOException(
          "damaged: its frame header says %d x %d pixels, its decoder %d x %d"
              .formatted(dimensions.width(), dimensions.height(), width, height));
    }
  }

  private static boolean isFrame(int marker) {
    boolean tables = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    return marker >= 0xC0 && marker <= 0xCF && !tables;
  }

  /** The next marker that begins a segment. */
  private static int marker(ByteBuffer in) throws IOException {
    int marker = anyMarker(in);
    while (standsAlone(marker)) {
      marker = anyMarker(in);
    }
    return marker;
  }

  /** TEM and RST0 to RST7 have no length; a decoder reads on right behind them. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  private static int anyMarker(ByteBuffer in) throws IOException {
    if (in.remaining() < 4) {
      throw new IOException("truncated");
    }
    if (in.get() != (byte) 0xFF) {
      throw new IOException("damaged: no marker where a segment must begin");
    }
    int marker = in.get() & 0xFF;
    while (marker == 0xFF && in.hasRemaining()) {
      marker = in.get() & 0xFF;
    }
    if (marker == 0) {
      throw new IOException("damaged: a stuffed zero where a segment must begin");
    }
    return marker;
  }

  private static ByteBuffer segment(ByteBuffer in) throws IOException {
    int length = in.remaining() < 2 ? 0 : in.getShort() & 0xFFFF;
    if (length < 2 || length - 2 > in.remaining()) {
      throw new IOException("truncated");
    }
    ByteBuffer segment = in.slice(in.position(), length - 2);
    in.position(in.position() + length - 2);
    return segment;
  }
}
