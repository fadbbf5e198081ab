package org.medtransformers.imaging.prepare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The header of a NumPy array file (NEP 1, version 1.0) of unsigned bytes. */
final class Npy {
  /** Always the same length, so that it can be rewritten once the number of rows is known. */
  static final int HEADER_BYTES = 128;

  private static final int PREFIX_BYTES = 10;

  private Npy() {}

  /** The header of an array of that shape, {@value #HEADER_BYTES} bytes. */
  static ByteBuffer header(long... shape) {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String comma = shape.length == 1 ? "," : "";
    String text =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (%s%s), }".formatted(sizes, comma);
    int length = HEADER_BYTES - PREFIX_BYTES;
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) length);
    header.put(
        (text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.flip();
  }
}
