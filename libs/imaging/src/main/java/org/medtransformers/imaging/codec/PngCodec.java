package org.medtransformers.imaging.codec;

import java.io.IOException;
import org.medtransformers.imaging.Image;

/**
 * PNG of every colour type and depth, interlaced or not, without the detour over ImageIO, whose
 * {@code getRGB} changes grey values. As in PIL, alpha is dropped, and 16-bit colour keeps its high
 * byte; 16-bit grey is scaled by its full range and rounded, where PIL would clip it at 255. Both
 * are of 16 bits unless {@link SampleRange} says fewer.
 */
final class PngCodec implements Codec {

  /** Start and step of the seven Adam7 passes; the last row stands for a plain image. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private static final int[] WHOLE = {0, 0, 1, 1};

  @Override
  public boolean recognises(byte[] file) {
    return PngFile.recognises(file);
  }

  @Override
  public Dimensions dimensions(byte[] file) throws IOException {
    PngHeader header = PngFile.header(file);
    return new Dimensions(header.height(), header.width());
  }

  /** Rows may be as long as the image is large, and are kept three times and in samples. */
  @Override
  public long workingBytes(byte[] file, int channels) throws IOException {
    PngHeader header = PngFile.header(file);
    return (long) header.height() * header.width() * channels
        + 3 * header.rowBytes(header.width())
        + (long) header.width() * header.samplesPerPixel()
        + PngRows.CHUNK;
  }

  @Override
  public Image decode(byte[] file, int channels, SampleRange range) throws IOException {
    PngFile png = PngFile.parse(file);
    PngHeader header = png.header();
    PngPixels pixels = new PngPixels(header, png.palette(), channels, range);
    byte[] out =
        new byte
            [Math.toIntExact(
                Math.multiplyExact((long) header.height() * header.width(), channels))];
    try (PngRows rows = new PngRows(png)) {
      for (int[] pass : header.interlaced() ? PASSES : new int[][] {WHOLE}) {
        decodePass(pass, header, rows, pixels, out, channels);
      }
      rows.finish();
    }
    return new Image(out, header.height(), header.width(), channels);
  }

  private static void decodePass(
      int[] pass, PngHeader header, PngRows rows, PngPixels pixels, byte[] out, int channels)
      throws IOException {
    int columns = steps(header.width(), pass[1], pass[3]);
    int count = columns == 0 ? 0 : steps(header.height(), pass[0], pass[2]);
    rows.startPass(columns, count);
    for (int i = 0; i < count; i++) {
      byte[] row = rows.next();
      int start = ((pass[0] + i * pass[2]) * header.width() + pass[1]) * channels;
      pixels.convert(row, columns, out, start, pass[3] * channels);
    }
  }

  private static int steps(int size, int start, int step) {
    return (size - start + step - 1) / step;
  }
}
