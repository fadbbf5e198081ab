package org.medtransformers.imaging.split;

import java.util.Collections;
import java.util.List;

/**
 * CPython's {@code random.Random(seed)}: MT19937 (Matsumoto and Nishimura 1998) seeded by {@code
 * init_by_array}. It exists to repeat published splits; everything else draws from {@link
 * org.medtransformers.imaging.random.RandomStream}.
 */
public final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /**
   * @param seed not negative, below 2^32
   */
  public MersenneTwister(int seed) {
    fill(19650218);
    int i = 1;
    for (int k = 0; k < SIZE; k++) {
      state[i] = (state[i] ^ (mixed(i) * 1664525)) + seed;
      i = advanced(i);
    }
    for (int k = 1; k < SIZE; k++) {
      state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
      i = advanced(i);
    }
    state[0] = 0x80000000;
  }

  private void fill(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * mixed(i) + i;
    }
  }

  private int mixed(int i) {
    return state[i - 1] ^ (state[i - 1] >>> 30);
  }

  private int advanced(int i) {
    if (i + 1 < SIZE) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  /** The next 32 bits. */
  public int nextBits() {
    if (next == SIZE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      int odd = (y & 1) == 0 ? 0 : 0x9908b0df;
      state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ odd;
    }
    next = 0;
  }

  /** {@code _randbelow}: as many bits as {@code bound} has, redrawn until they are below it. */
  int below(int bound) {
    int bits = 32 - Integer.numberOfLeadingZeros(bound);
    int value = nextBits() >>> (32 - bits);
    while (value >= bound) {
      value = nextBits() >>> (32 - bits);
    }
    return value;
  }

  /** {@code Random.shuffle}. */
  void shuffle(List<Integer> list) {
    for (int i = list.size() - 1; i >= 1; i--) {
      Collections.swap(list, i, below(i + 1));
    }
  }
}
