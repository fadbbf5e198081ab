package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a DICOM file says of its image.
 *
 * @param syntax UID of the transfer syntax
 * @param values of group 0028, by tag
 * @param pixels the value of (7FE0,0010): the pixels, or the fragments of their compressed form
 * @param words whether the pixels are stored as words of 16 bits, whatever their size
 */
record DicomElements(
    String syntax,
    Map<Integer, ByteBuffer> values,
    ByteBuffer pixels,
    boolean encapsulated,
    boolean words) {
  static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  static final String EXPLICIT_BIG_ENDIAN = "1.2.840.10008.1.2.2";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  static final int TRANSFER_SYNTAX = 0x00020010;
  static final int PIXEL_DATA = 0x7FE00010;
  static final int IMAGE_GROUP = 0x0028;
  static final int SAMPLES_PER_PIXEL = 0x00280002;
  static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
  static final int PLANAR_CONFIGURATION = 0x00280006;
  static final int NUMBER_OF_FRAMES = 0x00280008;
  static final int ROWS = 0x00280010;
  static final int COLUMNS = 0x00280011;
  static final int BITS_ALLOCATED = 0x00280100;
  static final int BITS_STORED = 0x00280101;
  static final int HIGH_BIT = 0x00280102;
  static final int PIXEL_REPRESENTATION = 0x00280103;
  static final int WINDOW_CENTER = 0x00281050;
  static final int WINDOW_WIDTH = 0x00281051;
  static final int RESCALE_INTERCEPT = 0x00281052;
  static final int RESCALE_SLOPE = 0x00281053;
  static final int VOI_LUT_FUNCTION = 0x00281056;

  /** Names what is not read. */
  static IOException unsupported(String syntax) {
    String name =
        switch (syntax) {
          case DEFLATED -> "deflated";
          case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> "JPEG-LS";
          case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> "JPEG 2000";
          case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203" ->
              "high-throughput JPEG 2000";
          case "1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111", "1.2.840.10008.1.2.4.112" ->
              "JPEG XL";
          case "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101" -> "MPEG-2 video";
          case "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103", "1.2.840.10008.1.2.4.107" ->
              "MPEG-4 or HEVC video";
          default -> "unknown";
        };
    return new IOException(
        "DICOM of transfer syntax %s (%s), read are uncompressed, RLE, JPEG baseline and lossless"
            .formatted(syntax, name));
  }

  boolean has(int tag) {
    ByteBuffer value = values.get(tag);
    return value != null && value.hasRemaining();
  }

  /** A number of two bytes. */
  int number(int tag) throws IOException {
    if (!has(tag) || values.get(tag).remaining() < 2) {
      throw new IOException("DICOM without (%04X,%04X)".formatted(tag >>> 16, tag & 0xFFFF));
    }
    return values.get(tag).getShort(0) & 0xFFFF;
  }

  /** The same; {@code absent} without one. */
  int number(int tag, int absent) throws IOException {
    return has(tag) ? number(tag) : absent;
  }

  /** The first of the decimal numbers of a text; {@code absent} without one. */
  double decimal(int tag, double absent) throws IOException {
    if (!has(tag)) {
      return absent;
    }
    String first = text(tag).split("\\\\", 2)[0].strip();
    try {
      double value = Double.parseDouble(first);
      if (!Double.isFinite(value)) {
        throw new NumberFormatException();
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IOException(
          "damaged: (%04X,%04X) is '%s'".formatted(tag >>> 16, tag & 0xFFFF, first), e);
    }
  }

  String text(int tag) {
    return has(tag) ? text(values.get(tag)) : "";
  }

  /** Without the padding. */
  static String text(ByteBuffer value) {
    return StandardCharsets.ISO_8859_1
        .decode(value.duplicate())
        .toString()
        .replace("\0", "")
        .strip();
  }
}
