package org.medtransformers.imaging.similar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds pictures that look alike: whose hashes differ in at most {@value #DISTANCE} bits and whose
 * details correlate with {@value #LIKENESS} at least. Pictures that are linked by such pairs are
 * one set.
 *
 * <p>Hashes are cut into five bands. Two that differ in four bits have one band in common, so only
 * what shares a band is compared (multi-index hashing, Norouzi et al. 2012).
 */
public final class LookAlikes {
  /** Bits. */
  public static final int DISTANCE = 4;

  /**
   * Between what the same picture and what different ones have, see the decision record: resaved,
   * resized and brightened photographs are above 0.9 but for the smallest files, retinas whose
   * hashes are close are below 0.83.
   */
  public static final double LIKENESS = 0.87;

  /** Where each band begins, and the end. */
  private static final int[] BANDS = {0, 13, 26, 39, 52, Long.SIZE};

  private final List<Look> looks;
  private final long[] hashes;
  private final int[] parents;

  private LookAlikes(List<Look> looks) {
    this.looks = looks;
    this.hashes = looks.stream().mapToLong(Look::hash).toArray();
    this.parents = IntStream.range(0, looks.size()).toArray();
  }

  /**
   * The sets of two and more, each in the order of {@code looks}, by numbers from 0. Blank pictures
   * are in none.
   */
  public static List<List<Integer>> among(List<Look> looks) {
    LookAlikes found = new LookAlikes(looks);
    for (int band = 0; band < BANDS.length - 1; band++) {
      found.compareWithin(band);
    }
    return found.sets();
  }

  /** Compares all that have the bits of {@code band} in common, which sorting puts together. */
  private void compareWithin(int band) {
    long[] byBits =
        IntStream.range(0, hashes.length)
            .filter(i -> !looks.get(i).isBlank())
            .mapToLong(i -> bits(hashes[i], band) << Integer.SIZE | i)
            .sorted()
            .toArray();
    for (int i = 1; i < byBits.length; i++) {
      for (int j = i - 1; j >= 0 && (byBits[i] ^ byBits[j]) >>> Integer.SIZE == 0; j--) {
        compare((int) byBits[j], (int) byBits[i], band);
      }
    }
  }

  private static long bits(long hash, int band) {
    int width = BANDS[band + 1] - BANDS[band];
    return hash >>> BANDS[band] & (1L << width) - 1;
  }

  private void compare(int first, int second, int band) {
    long differing = hashes[first] ^ hashes[second];
    if (Long.bitCount(differing) > DISTANCE || wereCompared(differing, band)) {
      return;
    }
    int one = root(first);
    int other = root(second);
    if (one != other && looks.get(first).likeness(looks.get(second)) >= LIKENESS) {
      parents[Math.max(one, other)] = Math.min(one, other);
    }
  }

  /** Whether an earlier band is the same, too. */
  private static boolean wereCompared(long differing, int band) {
    for (int earlier = 0; earlier < band; earlier++) {
      if (bits(differing, earlier) == 0) {
        return true;
      }
    }
    return false;
  }

  private int root(int look) {
    int at = look;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private List<List<Integer>> sets() {
    Map<Integer, List<Integer>> byRoot = new TreeMap<>();
    for (int i = 0; i < parents.length; i++) {
      byRoot.computeIfAbsent(root(i), r -> new ArrayList<>()).add(i);
    }
    return byRoot.values().stream().filter(set -> set.size() > 1).toList();
  }
}
