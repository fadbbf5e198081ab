package org.medtransformers.imaging.prepare;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.medtransformers.imaging.Image;

/**
 * Mean and standard deviation of each channel over any number of images, in whole numbers and so
 * without rounding until the end.
 */
final class ChannelSums {
  private static final int MAX_VALUE = 255;

  private final long[] sums;
  private final long[] squares;
  private long pixels;

  ChannelSums(int channels) {
    this.sums = new long[channels];
    this.squares = new long[channels];
  }

  /** Adds every pixel of {@code image}. */
  void add(Image image) {
    byte[] data = image.data();
    int channels = sums.length;
    for (int c = 0; c < channels; c++) {
      long sum = 0;
      long square = 0;
      for (int i = c; i < data.length; i += channels) {
        int value = data[i] & 0xff;
        sum += value;
        square += (long) value * value;
      }
      sums[c] += sum;
      squares[c] += square;
    }
    pixels += data.length / channels;
  }

  /** Per channel, of pixels scaled to [0, 1]; empty where there were none. */
  List<Double> mean() {
    return perChannel(c -> (double) sums[c] / pixels / MAX_VALUE);
  }

  /** Per channel, likewise: of the whole population, as NumPy's {@code std}. */
  List<Double> std() {
    return perChannel(c -> Math.sqrt(variance(c)) / MAX_VALUE);
  }

  /** {@code (n Σx² − (Σx)²) / n²}, whose numerator may exceed 64 bits. */
  private double variance(int channel) {
    BigInteger n = BigInteger.valueOf(pixels);
    BigInteger sum = BigInteger.valueOf(sums[channel]);
    BigInteger numerator = n.multiply(BigInteger.valueOf(squares[channel])).subtract(sum.pow(2));
    return new BigDecimal(numerator)
        .divide(new BigDecimal(n.pow(2)), MathContext.DECIMAL64)
        .doubleValue();
  }

  private List<Double> perChannel(IntToDoubleFunction value) {
    return pixels == 0
        ? List.of()
        : IntStream.range(0, sums.length).mapToDouble(value).boxed().toList();
  }
}
