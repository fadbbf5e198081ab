package org.medtransformers.imaging.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The frame header (SOF) of a JPEG file, found by walking the segments (ITU T.81, annex B). Bytes
 * between them are passed over, as libjpeg does.
 *
 * @param told whether the file says what its components are: JFIF's segment, Adobe's, or components
 *     that are called R, G and B
 * @param subsampled whether a component is coarser than another, as only chroma is
 */
record JpegHeader(Dimensions dimensions, int components, boolean told, boolean subsampled) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};

  static JpegHeader of(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).position(2);
    boolean told = false;
    for (int marker = marker(in); marker != START_OF_SCAN; marker = marker(in)) {
      ByteBuffer segment = segment(in);
      told |= marker == APP0 && startsWith(segment, JFIF);
      told |= marker == APP14 && startsWith(segment, ADOBE);
      if (isFrame(marker)) {
        return frame(segment, told);
      }
    }
    throw new IOException("JPEG without a frame header");
  }

  private static JpegHeader frame(ByteBuffer segment, boolean told) throws IOException {
    int components = segment.remaining() < 6 ? 0 : segment.get(5) & 0xFF;
    if (segment.remaining() < 6 + 3 * components || segment.remaining() < 6) {
      throw new IOException("truncated");
    }
    StringBuilder names = new StringBuilder();
    Set<Byte> samplings = new HashSet<>();
    for (int i = 0; i < components; i++) {
      names.append((char) (segment.get(6 + 3 * i) & 0xFF));
      samplings.add(segment.get(7 + 3 * i));
    }
    int height = segment.getShort(1) & 0xFFFF;
    int width = segment.getShort(3) & 0xFFFF;
    return new JpegHeader(
        new Dimensions(height, width),
        components,
        told || names.toString().equals("RGB"),
        samplings.size() > 1);
  }

  private static boolean startsWith(ByteBuffer segment, byte[] name) {
    return segment.remaining() >= name.length
        && segment.slice(segment.position(), name.length).equals(ByteBuffer.wrap(name));
  }

  /**
   * {@code file} as a strict decoder takes it: without bytes between its segments, and without its
   * ICC profile, by which ImageIO would convert the colours where PIL does not.
   */
  static byte[] cleaned(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 2);
    ByteBuffer in = ByteBuffer.wrap(file).position(2);
    while (true) {
      int marker = marker(in);
      int start = in.position() - 2;
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

  /** What is no marker is passed over, a stuffed zero likewise. */
  private static int anyMarker(ByteBuffer in) throws IOException {
    int marker = 0;
    while (marker == 0) {
      while (next(in) != 0xFF) {
        // A stray byte.
      }
      do {
        marker = next(in);
      } while (marker == 0xFF);
    }
    return marker;
  }

  private static int next(ByteBuffer in) throws IOException {
    if (!in.hasRemaining()) {
      throw new IOException("truncated");
    }
    return in.get() & 0xFF;
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
