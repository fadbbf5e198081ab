package org.medtransformers.imaging.npz;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file (NEP 1, versions 1 to 3).
 *
 * @param descr type of the elements as NumPy writes it, such as {@code |u1}
 * @param shape in C order
 */
record NpyHeader(String descr, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_AXES = 8;
  private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<>|=]?[a-zA-Z]\\d+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");

  /** Reads to the first byte of the elements. */
  static NpyHeader read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("it is no NumPy array");
    }
    boolean shortLength = start[MAGIC.length] == 1;
    long length =
        shortLength
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    if (length > MOST_BYTES) {
      throw new IOException(
          "its header has %d bytes, allowed are %d".formatted(length, MOST_BYTES));
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length) {
      throw new IOException("truncated");
    }
    return parse(new String(text, StandardCharsets.UTF_8));
  }

  private static NpyHeader parse(String text) throws IOException {
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw new IOException("its header is not understood: " + text.strip());
    }
    List<Long> axes = new ArrayList<>();
    for (String axis : shape.group(1).split(",", -1)) {
      if (!axis.isBlank()) {
        axes.add(axis(axis.strip()));
      }
    }
    boolean reversed = fortran.group(1).equals("True") && axes.size() > 1;
    if (reversed || axes.size() > MOST_AXES) {
      throw new IOException("it must be in C order, with at most " + MOST_AXES + " axes");
    }
    return new NpyHeader(descr.group(1), List.copyOf(axes));
  }

  private static long axis(String digits) throws IOException {
    if (digits.length() > 18 || !digits.matches("\\d+")) {
      throw new IOException("its shape has the axis " + digits);
    }
    return Long.parseLong(digits);
  }

  /** Number of elements; {@link Long#MAX_VALUE} where they are more than can be counted. */
  long elements() {
    long product = 1;
    for (long axis : shape) {
      if (axis != 0 && product > Long.MAX_VALUE / axis) {
        return Long.MAX_VALUE;
      }
      product *= axis;
    }
    return product;
  }
}
