package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Turns the samples of a PNG row into 8-bit grey or RGB. */
final class PngPixels {
  private final PngHeader header;
  private final byte[] red = new byte[256];
  private final byte[] green = new byte[256];
  private final byte[] blue = new byte[256];
  private final int paletteSize;
  private final int channels;
  private final SampleRange range;
  private byte[] samples = new byte[0];

  PngPixels(PngHeader header, ByteBuffer palette, int channels, SampleRange range)
      throws IOException {
    this.header = header;
    this.range = range;
    if (header.depth() == 16) {
      range.within(0xFFFF);
    }
    this.channels = channels;
    this.paletteSize = palette.remaining() / 3;
    if (header.colour() == PngHeader.PALETTE && (paletteSize == 0 || paletteSize > 256)) {
      throw new IOException("palette of %d colours".formatted(paletteSize));
    }
    for (int i = 0; i < Math.min(256, paletteSize); i++) {
      red[i] = palette.get(3 * i);
      green[i] = palette.get(3 * i + 1);
      blue[i] = palette.get(3 * i + 2);
    }
  }

  /**
   * Writes {@code columns} pixels of {@code row} to {@code out}, the first at {@code start}, each
   * {@code step} bytes behind the one before.
   */
  void convert(byte[] row, int columns, byte[] out, int start, int step) throws IOException {
    byte[] bytes = header.depth() == 8 ? row : toBytes(row, columns);
    switch (header.colour()) {
      case PngHeader.PALETTE -> fromPalette(bytes, columns, out, start, step);
      case PngHeader.GREY, PngHeader.GREY_ALPHA -> fromGrey(bytes, columns, out, start, step);
      default -> fromColour(bytes, columns, out, start, step);
    }
  }

  private byte[] toBytes(byte[] row, int columns) throws IOException {
    int count = columns * header.samplesPerPixel();
    if (samples.length < count) {
      samples = new byte[count];
    }
    if (header.depth() == 16) {
      int stride = header.samplesPerPixel();
      for (int i = 0; i < count; i++) {
        int value = ((row[2 * i] & 0xFF) << 8) | (row[2 * i + 1] & 0xFF);
        boolean alpha = stride % 2 == 0 && i % stride == stride - 1;
        samples[i] = alpha ? 0 : stride < 3 ? range.scaled(value) : range.high(value);
      }
    } else {
      unpack(row, count);
    }
    return samples;
  }

  private void unpack(byte[] row, int count) {
    int depth = header.depth();
    int mask = (1 << depth) - 1;
    int scale = header.colour() == PngHeader.PALETTE ? 1 : 255 / mask;
    for (int i = 0; i < count; i++) {
      int bit = i * depth;
      samples[i] = (byte) (((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask) * scale);
    }
  }

  private void fromPalette(byte[] row, int columns, byte[] out, int start, int step)
      throws IOException {
    for (int x = 0, to = start; x < columns; x++, to += step) {
      int index = row[x] & 0xFF;
      if (index >= paletteSize) {
        throw new IOException(
            "damaged: colour %d of a palette of %d".formatted(index, paletteSize));
      }
      write(red[index], green[index], blue[index], out, to);
    }
  }

  private void fromGrey(byte[] row, int columns, byte[] out, int start, int step) {
    int stride = header.samplesPerPixel();
    for (int x = 0, from = 0, to = start; x < columns; x++, from += stride, to += step) {
      for (int c = 0; c < channels; c++) {
        out[to + c] = row[from];
      }
    }
  }

  private void fromColour(byte[] row, int columns, byte[] out, int start, int step) {
    int stride = header.samplesPerPixel();
    if (stride == channels && step == channels) {
      System.arraycopy(row, 0, out, start, columns * channels);
      return;
    }
    for (int x = 0, from = 0, to = start; x < columns; x++, from += stride, to += step) {
      write(row[from], row[from + 1], row[from + 2], out, to);
    }
  }

  private void write(byte r, byte g, byte b, byte[] out, int to) {
    if (channels == 1) {
      out[to] = (byte) Channels.luma(r & 0xFF, g & 0xFF, b & 0xFF);
    } else {
      out[to] = r;
      out[to + 1] = g;
      out[to + 2] = b;
    }
  }
}
