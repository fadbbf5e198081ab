package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates a PNG's image data row by row and undoes the row filters. */
final class PngRows implements AutoCloseable {
  /** Rows are inflated together up to this many bytes, as each call costs a little. */
  static final int CHUNK = 1 << 15;

  /** Some encoders pad; more than this behind the last row is a bomb. */
  private static final int MOST_EXCESS = 1 << 16;

  private final Inflater inflater = new Inflater();
  private final Iterator<ByteBuffer> input;
  private final PngHeader header;
  private byte[] current;
  private byte[] previous;

  /** Filtered rows, each behind the number of its filter. */
  private byte[] filtered;

  private int rowsToInflate;
  private int at;
  private int end;

  PngRows(PngFile png) {
    this.input = png.imageData().iterator();
    this.header = png.header();
  }

  /** Begins an interlace pass of {@code rows} rows with {@code columns} pixels each. */
  void startPass(int columns, int rows) {
    current = new byte[Math.toIntExact(header.rowBytes(columns))];
    previous = new byte[current.length];
    int together = Math.max(1, Math.min(rows, CHUNK / (current.length + 1)));
    filtered = new byte[Math.multiplyExact(together, current.length + 1)];
    rowsToInflate = rows;
    at = 0;
    end = 0;
  }

  /** The next row; valid until the next but one call. */
  byte[] next() throws IOException {
    if (at == end) {
      int rows = Math.min(rowsToInflate, filtered.length / (current.length + 1));
      rowsToInflate -= rows;
      at = 0;
      end = rows * (current.length + 1);
      inflate(end);
    }
    byte[] row = previous;
    previous = current;
    current = row;
    unfilter(row, previous, header.filterDistance());
    at += row.length + 1;
    return row;
  }

  /** Reads the checksum behind the last row, over no more than a little excess data. */
  void finish() throws IOException {
    byte[] excess = new byte[1024];
    int total = 0;
    while (!inflater.finished()) {
      int n = inflateSome(excess, 0, excess.length);
      total += n;
      if (total > MOST_EXCESS) {
        throw new IOException("damaged: more image data than its header asks for");
      }
      if (n == 0 && inflater.needsInput()) {
        feed();
      }
    }
  }

  private void inflate(int bytes) throws IOException {
    int filled = 0;
    while (filled < bytes) {
      int n = inflateSome(filtered, filled, bytes - filled);
      filled += n;
      if (n == 0) {
        if (inflater.finished()) {
          throw new IOException("truncated");
        }
        feed();
      }
    }
  }

  private int inflateSome(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw new IOException("damaged: " + e.getMessage(), e);
    }
  }

  private void feed() throws IOException {
    if (inflater.needsDictionary() || !input.hasNext()) {
      throw new IOException("truncated");
    }
    inflater.setInput(input.next());
  }

  private void unfilter(byte[] row, byte[] above, int distance) throws IOException {
    System.arraycopy(filtered, at + 1, row, 0, row.length);
    switch (filtered[at]) {
      case 0 -> {}
      case 1 -> addLeft(row, distance);
      case 2 -> addAbove(row, above, row.length);
      case 3 -> addAverage(row, above, distance);
      case 4 -> addPaeth(row, above, distance);
      default -> throw new IOException("damaged: row filter " + filtered[at]);
    }
  }

  private static void addLeft(byte[] row, int distance) {
    for (int i = distance; i < row.length; i++) {
      row[i] += row[i - distance];
    }
  }

  private static void addAbove(byte[] row, byte[] above, int count) {
    for (int i = 0; i < count; i++) {
      row[i] += above[i];
    }
  }

  private static void addAverage(byte[] row, byte[] above, int distance) {
    for (int i = 0; i < Math.min(distance, row.length); i++) {
      row[i] += (byte) ((above[i] & 0xFF) >> 1);
    }
    for (int i = distance; i < row.length; i++) {
      row[i] += (byte) (((row[i - distance] & 0xFF) + (above[i] & 0xFF)) >> 1);
    }
  }

  private static void addPaeth(byte[] row, byte[] above, int distance) {
    addAbove(row, above, Math.min(distance, row.length));
    if (distance == 3) {
      addPaethOfColour(row, above);
      return;
    }
    for (int i = distance; i < row.length; i++) {
      int left = row[i - distance] & 0xFF;
      row[i] += (byte) paeth(left, above[i] & 0xFF, above[i - distance] & 0xFF);
    }
  }

  /** The same with the pixel to the left in registers. */
  private static void addPaethOfColour(byte[] row, byte[] above) {
    int red = row[0] & 0xFF;
    int green = row[1] & 0xFF;
    int blue = row[2] & 0xFF;
    for (int i = 3; i < row.length; i += 3) {
      red = (row[i] + paeth(red, above[i] & 0xFF, above[i - 3] & 0xFF)) & 0xFF;
      green = (row[i + 1] + paeth(green, above[i + 1] & 0xFF, above[i - 2] & 0xFF)) & 0xFF;
      blue = (row[i + 2] + paeth(blue, above[i + 2] & 0xFF, above[i - 1] & 0xFF)) & 0xFF;
      row[i] = (byte) red;
      row[i + 1] = (byte) green;
      row[i + 2] = (byte) blue;
    }
  }

  /** The nearest to {@code a + b - c} of the three, without branches: they are unpredictable. */
  private static int paeth(int a, int b, int c) {
    int toA = Math.abs(b - c);
    int toB = Math.abs(a - c);
    int toC = Math.abs(a + b - 2 * c);
    int isB = (toB - toA) >> 31;
    int nearest = a ^ ((a ^ b) & isB);
    int distance = toA ^ ((toA ^ toB) & isB);
    int isC = (toC - distance) >> 31;
    return nearest ^ ((nearest ^ c) & isC);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
