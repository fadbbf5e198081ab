package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;

/**
 * What is looked up or done for several bytes at a time equals PIL's arithmetic, restated here as
 * PIL's C code has it, pixel by pixel.
 */
class TabledArithmeticTest {
  /** Every third level of each channel, and both ends. */
  private static final int STEP = 3;

  private static final int LEVELS = 256 / STEP + 1;

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, -0.031, 0, 0.07, 0.1, 0.5})
  void hueIsThatOfConvertC(double factor) {
    Image colours = colours();
    byte[] shifted = Hue.shifted(colours, factor).data();
    byte[] expected = new byte[3];
    for (int p = 0; p < shifted.length; p += 3) {
      shift(colours.data(), p, (int) (factor * 255), expected);
      assertArrayEquals(expected, new byte[] {shifted[p], shifted[p + 1], shifted[p + 2]});
    }
  }

  /** {@code rgb2hsv_row}, the shift, {@code hsv2rgb}. */
  private static void shift(byte[] in, int p, int shift, byte[] out) {
    int r = in[p] & 0xFF;
    int g = in[p + 1] & 0xFF;
    int b = in[p + 2] & 0xFF;
    int max = Math.max(r, Math.max(g, b));
    int min = Math.min(r, Math.min(g, b));
    int hue = 0;
    int saturation = 0;
    if (max != min) {
      float range = max - min;
      float rc = (max - r) / range;
      float gc = (max - g) / range;
      float bc = (max - b) / range;
      float h = r == max ? bc - gc : g == max ? (float) (2.0 + rc - bc) : (float) (4.0 + gc - rc);
      h = (float) ((h / 6.0 + 1.0) % 1.0);
      hue = Math.min(255, (int) (h * 255.0));
      saturation = (int) (range / max * 255.0);
    }
    toRgb((hue + shift) & 0xFF, saturation, max, out);
  }

  private static void toRgb(int hue, int saturation, int v, byte[] out) {
    int i = (int) Math.floor(hue * 6.0 / 255.0);
    float f = (float) (hue * 6.0 / 255.0 - i);
    float s = (float) (saturation / 255.0);
    int p = (int) Math.round(v * (1.0 - s));
    int q = (int) Math.round(v * (1.0 - s * f));
    int t = (int) Math.round(v * (1.0 - s * (1.0 - f)));
    int[][] sectors = {{v, t, p}, {q, v, p}, {p, v, t}, {p, q, v}, {t, p, v}, {v, p, q}};
    for (int c = 0; c < 3; c++) {
      out[c] = (byte) (saturation == 0 ? v : sectors[i % 6][c]);
    }
  }

  /** The last two have products just below a whole number, which no table of sums can serve. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.83, 1, 1.17, 2.5, 0.99999994, 1.9999999})
  void saturationIsThatOfBlendC(double factor) {
    Image colours = colours();
    byte[] in = colours.data();
    byte[] out = Colours.saturation(colours, factor).data();
    for (int p = 0; p < in.length; p += 3) {
      int luma = Channels.luma(in[p] & 0xFF, in[p + 1] & 0xFF, in[p + 2] & 0xFF);
      for (int c = p; c < p + 3; c++) {
        float blended = luma + (float) factor * ((in[c] & 0xFF) - luma);
        int expected = blended <= 0 ? 0 : blended >= 255 ? 255 : (int) blended;
        assertEquals(expected, out[c] & 0xFF);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.99f, 1, 1.6f, 5.5f, 8.99f, 9, 40.3f, 300})
  void boxOfAnyRadiusIsThatOfBoxBlurC(float radius) {
    int length = 41;
    for (int distance : new int[] {1, 3, 11}) {
      byte[] line = new byte[length * distance];
      new Random(1).nextBytes(line);
      Arrays.fill(line, 0, line.length / 3, (byte) 255);
      BoxBlur box = new BoxBlur(radius, distance);
      byte[] in = box.room(line.length);
      System.arraycopy(line, 0, in, box.margin(), line.length);
      byte[] out = box.room(line.length);
      box.pass(in, out, line.length);
      for (int i = 0; i < line.length; i++) {
        assertEquals(mean(line, i, radius, distance), out[box.margin() + i] & 0xFF);
      }
    }
  }

  private static int mean(byte[] line, int at, float radius, int distance) {
    int whole = (int) radius;
    long weight = (long) ((1 << 24) / (radius * 2 + 1));
    long edgeWeight = ((1 << 24) - (whole * 2 + 1) * weight) / 2;
    long sum = (1 << 23) + edgeWeight * value(line, at, -whole - 1, distance);
    sum += edgeWeight * value(line, at, whole + 1, distance);
    for (int k = -whole; k <= whole; k++) {
      sum += weight * value(line, at, k, distance);
    }
    return (int) (sum >> 24);
  }

  private static int value(byte[] line, int at, int steps, int distance) {
    int first = at % distance;
    int last = line.length - distance + first;
    return line[Math.max(first, Math.min(last, at + steps * distance))] & 0xFF;
  }

  private static Image colours() {
    byte[] data = new byte[LEVELS * LEVELS * LEVELS * 3];
    int p = 0;
    for (int r = 0; r < 256; r += STEP) {
      for (int g = 0; g < 256; g += STEP) {
        for (int b = 0; b < 256; b += STEP, p += 3) {
          data[p] = (byte) r;
          data[p + 1] = (byte) g;
          data[p + 2] = (byte) b;
        }
      }
    }
    return new Image(data, LEVELS * LEVELS, LEVELS, 3);
  }
}
