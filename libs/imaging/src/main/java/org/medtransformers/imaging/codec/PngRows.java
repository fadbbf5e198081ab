package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates a PNG's image data row by row and undoes the row filters. */
final class PngRows implements AutoCloseable {
  /** Some encoders pad; more than this behind the last row is a bomb. */
  private static final int MOST_EXCESS = 1 << 16;

  private final Inflater inflater = new Inflater();
  private final Iterator<ByteBuffer> input;
  private final PngHeader header;
  private final byte[] filter = new byte[1];
  private byte[] current;
  private byte[] previous;

  PngRows(PngFile png) {
    this.input = png.imageData().iterator();
    this.header = png.header();
  }

  /** Begins an interlace pass of {@code columns} pixels per row. */
  void startPass(int columns) {
    current = new byte[header.rowBytes(columns)];
    previous = new byte[current.length];
  }

  /** The next row; valid until the next but one call. */
  byte[] next() throws IOException {
    byte[] row = previous;
    previous = current;
    current = row;
    inflate(filter);
    inflate(row);
    unfilter(row, previous, header.filterDistance());
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

  private void inflate(byte[] target) throws IOException {
    int filled = 0;
    while (filled < target.length) {
      int n = inflateSome(target, filled, target.length - filled);
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
    switch (filter[0]) {
      case 0 -> {}
      case 1 -> addLeft(row, distance);
      case 2 -> addAbove(row, above, row.length);
      case 3 -> addAverage(row, above, distance);
      case 4 -> addPaeth(row, above, distance);
      default -> throw new IOException("damaged: row filter " + filter[0]);
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
    for (int i = distance; i < row.length; i++) {
      int a = row[i - distance] & 0xFF;
      int b = above[i] & 0xFF;
      int c = above[i - distance] & 0xFF;
      int toA = Math.abs(b - c);
      int toB = Math.abs(a - c);
      int toC = Math.abs(a + b - 2 * c);
      int predictor = toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
      row[i] += (byte) predictor;
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
