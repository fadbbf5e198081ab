package org.medtransformers.imaging.random;

/**
 * The random numbers of one purpose: a pure function of (seed, epoch, image, view, transform). The
 * seed is Philox's key; epoch, image and purpose are three words of its counter and the position in
 * the stream is the fourth, so two streams never share a number's counter. Not thread-safe.
 */
public final class RandomStream {
  private static final int WORDS = 4;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private final int epoch;
  private final int image;
  private final int purpose;
  private final int[] words = new int[WORDS];
  private int block;
  private int used = WORDS;

  private RandomStream(long seed, int epoch, int image, int purpose) {
    this.seed = seed;
    this.epoch = epoch;
    this.image = image;
    this.purpose = purpose;
  }

  /**
   * The stream of one transform of one view of one image.
   *
   * @param image row in the prepared index
   * @param view 0 to 32767
   * @param transform number of the kind of transform, 0 to 65535, so that switching one on leaves
   *     the draws of the others as they were
   */
  public static RandomStream ofTransform(long seed, int epoch, int image, int view, int transform) {
    return new RandomStream(seed, epoch, image, view << 16 | transform);
  }

  /** The stream that orders an epoch; its purpose is one that no view has. */
  public static RandomStream ofOrder(long seed, int epoch) {
    return new RandomStream(seed, epoch, 0, -1);
  }

  /** The stream of a program that draws images; {@code item} is the image's number. */
  public static RandomStream ofItem(long seed, int item) {
    return new RandomStream(seed, 0, item, -2);
  }

  /** 32 random bits. */
  public int nextBits() {
    if (used == WORDS) {
      words[0] = block++;
      words[1] = epoch;
      words[2] = image;
      words[3] = purpose;
      Philox.encrypt(words, (int) seed, (int) (seed >>> 32));
      used = 0;
    }
    return words[used++];
  }

  /** Uniform in [0, 1), with 53 bits. */
  public double nextDouble() {
    long high = Integer.toUnsignedLong(nextBits()) >>> 5;
    long low = Integer.toUnsignedLong(nextBits()) >>> 6;
    return ((high << 26) + low) * UNIT;
  }

  /** Uniform in [from, to). */
  public double uniform(double from, double to) {
    return from + (to - from) * nextDouble();
  }

  /** Standard normal (Box and Muller 1958). */
  public double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** True with probability {@code p}. */
  public boolean chance(double p) {
    return nextDouble() < p;
  }

  /**
   * Uniform in 0 to {@code bound} - 1, without bias: what exceeds the last whole span is redrawn.
   */
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    long limit = (1L << 32) / bound * bound;
    while (true) {
      long bits = Integer.toUnsignedLong(nextBits());
      if (bits < limit) {
        return (int) (bits % bound);
      }
    }
  }

  /** The numbers 0 to {@code size} - 1 in random order (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
