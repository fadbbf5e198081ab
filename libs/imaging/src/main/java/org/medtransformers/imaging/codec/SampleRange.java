package org.medtransformers.imaging.codec;

import java.io.IOException;

/**
 * How the samples of an image become 8 bits, where they have more, and how far they reach. Cameras
 * and mammographs leave 10, 12 or 14 bits in files of 16, which say nothing of it.
 */
public final class SampleRange {
  private static final int BYTE = 255;

  private final int bits;
  private int white = BYTE;
  private int highest;

  /**
   * Of one image.
   *
   * @param bits that hold its samples, 9 to 16, where the file has room for more; null: as the file
   *     says
   */
  public SampleRange(Integer bits) {
    this.bits = bits == null ? 0 : bits;
  }

  /** To be called before any sample: the largest is {@code most}, as the file says. */
  void within(int most) {
    white = most > BYTE && bits > 0 ? Math.min(most, (1 << bits) - 1) : most;
  }

  /** The sample that becomes 255. */
  int white() {
    return white;
  }

  /** Throws where {@code sample} is above what becomes 255. */
  void require(int sample) throws IOException {
    if (sample > white) {
      throw new IOException(
          bits == 0
              ? "damaged: the value %d above its maximum %d".formatted(sample, white)
              : "the value %d, allowed with medtrans.bits %d: 0 to %d"
                  .formatted(sample, bits, white));
    }
    highest = Math.max(highest, sample);
  }

  /** From 0 to white becomes 0 to 255, rounded. */
  byte scaled(int sample) throws IOException {
    require(sample);
    return (byte) ((sample * (long) BYTE + white / 2) / white);
  }

  /** The highest 8 bits, as PIL takes them of colours; white is one less than a power of 2. */
  byte high(int sample) throws IOException {
    require(sample);
    return (byte) (sample >> (bits(white) - Byte.SIZE));
  }

  /** Whether the file has more than 8 bits for a sample that are not told apart by a window. */
  public boolean isDeep() {
    return white > BYTE;
  }

  /** The largest sample found. */
  public int highest() {
    return highest;
  }

  /** Bits that hold the samples found. */
  public int bitsUsed() {
    return bits(highest);
  }

  /** Bits that become 8, all of them or those that were told. */
  public int bitsScaled() {
    return bits(white);
  }

  private static int bits(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(value);
  }
}
