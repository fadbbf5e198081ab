package org.medtransformers.imaging.codec;

import java.io.IOException;

/**
 * Stored values to 8-bit grey: rescale slope and intercept (PS3.3, C.11.1), the first window
 * (PS3.3, C.11.2.1.2) or without one the whole range of the bits stored, and the inversion of
 * MONOCHROME1.
 */
final class DicomGrey {
  private static final int WHITE = 255;

  private final byte[] table;
  private final int shift;
  private final int mask;
  private final SampleRange range;

  DicomGrey(DicomPixels pixels, DicomElements elements, SampleRange range) throws IOException {
    this.range = range;
    this.shift = pixels.highBit() + 1 - pixels.stored();
    this.mask = (1 << pixels.stored()) - 1;
    double slope = elements.decimal(DicomElements.RESCALE_SLOPE, 1);
    double intercept = elements.decimal(DicomElements.RESCALE_INTERCEPT, 0);
    Window window = window(pixels, elements, slope, intercept, range);
    table = new byte[mask + 1];
    for (int bits = 0; bits <= mask; bits++) {
      double grey = window.grey(slope * value(bits, pixels) + intercept);
      int rounded = (int) (grey * WHITE + 0.5);
      table[bits] = (byte) (pixels.inverted() ? WHITE - rounded : rounded);
    }
  }

  private interface Window {
    /** From 0, black, to 1. */
    double grey(double value);
  }

  private static int value(int bits, DicomPixels pixels) {
    int sign = 1 << (pixels.stored() - 1);
    return pixels.signed() ? (bits ^ sign) - sign : bits;
  }

  private static Window window(
      DicomPixels pixels, DicomElements elements, double slope, double intercept, SampleRange range)
      throws IOException {
    if (!elements.has(DicomElements.WINDOW_CENTER) || !elements.has(DicomElements.WINDOW_WIDTH)) {
      return depth(pixels, slope, intercept, range);
    }
    double center = elements.decimal(DicomElements.WINDOW_CENTER, 0);
    double width = elements.decimal(DicomElements.WINDOW_WIDTH, 0);
    String function = elements.text(DicomElements.VOI_LUT_FUNCTION);
    if (width < (function.isEmpty() || function.equals("LINEAR") ? 1 : Double.MIN_VALUE)) {
      throw new IOException("damaged: a window of width " + width);
    }
    return switch (function) {
      // A width of 1 is a threshold: 0/0 cannot be asked for, as both bounds are the same.
      case "", "LINEAR" -> value -> between(value, center - 0.5, width - 1);
      case "LINEAR_EXACT" -> value -> between(value, center, width);
      case "SIGMOID" -> value -> 1 / (1 + Math.exp(-4 * (value - center) / width));
      default -> throw new IOException("DICOM of VOI LUT function '%s'".formatted(function));
    };
  }

  private static double between(double value, double center, double width) {
    if (value <= center - width / 2) {
      return 0;
    }
    return value > center + width / 2 ? 1 : (value - center) / width + 0.5;
  }

  private static Window depth(DicomPixels pixels, double slope, double intercept, SampleRange range)
      throws IOException {
    if (!pixels.signed()) {
      range.within((1 << pixels.stored()) - 1);
    }
    int most = pixels.signed() ? (1 << (pixels.stored() - 1)) - 1 : range.white();
    int least = pixels.signed() ? -(1 << (pixels.stored() - 1)) : 0;
    double one = slope * least + intercept;
    double other = slope * most + intercept;
    double low = Math.min(one, other);
    double width = Math.abs(other - one);
    if (!(width > 0 && width < Double.MAX_VALUE)) {
      throw new IOException("damaged: a rescale slope of " + slope);
    }
    return value -> Math.max(0, Math.min(1, (value - low) / width));
  }

  /**
   * @param sample as it stands in the file, all bits allocated
   */
  byte of(int sample) throws IOException {
    int bits = sample >> shift & mask;
    if (range.isDeep()) {
      range.require(bits);
    }
    return table[bits];
  }
}
