package org.medtransformers.imaging.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** From {@code kat_vectors} of the authors' Random123 library. */
  @Test
  void philoxGivesItsAuthorsKnownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        encrypted(new int[] {0, 0, 0, 0}, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        encrypted(new int[] {-1, -1, -1, -1}, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        encrypted(
            new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0));
  }

  private static int[] encrypted(int[] counter, int key0, int key1) {
    Philox.encrypt(counter, key0, key1);
    return counter;
  }

  @Test
  void sameKeyGivesSameStreamAndEveryPartOfTheKeyMatters() {
    Set<Integer> firsts = new HashSet<>();
    firsts.add(RandomStream.ofTransform(1, 2, 3, 4, 5).nextBits());
    firsts.add(RandomStream.ofTransform(1, 2, 3, 4, 5).nextBits());
    assertEquals(1, firsts.size());
    firsts.add(RandomStream.ofTransform(1L << 40, 2, 3, 4, 5).nextBits());
    firsts.add(RandomStream.ofTransform(1, 9, 3, 4, 5).nextBits());
    firsts.add(RandomStream.ofTransform(1, 2, 9, 4, 5).nextBits());
    firsts.add(RandomStream.ofTransform(1, 2, 3, 9, 5).nextBits());
    firsts.add(RandomStream.ofTransform(1, 2, 3, 4, 9).nextBits());
    firsts.add(RandomStream.ofOrder(1, 2).nextBits());
    firsts.add(RandomStream.ofItem(1, 3).nextBits());
    assertEquals(8, firsts.size());
  }

  /** Chi-squared over 16 cells; 37.7 is exceeded by chance once in a thousand times. */
  @Test
  void neighbouringStreamsAreUniformAcrossImages() {
    int draws = 160_000;
    int[] cells = new int[16];
    for (int image = 0; image < draws; image++) {
      double x = RandomStream.ofTransform(7, 1, image, 0, 5).nextDouble();
      cells[(int) (x * 16)]++;
    }
    double expected = draws / 16.0;
    double chiSquared =
        Arrays.stream(cells).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertTrue(chiSquared < 37.7, "chi-squared " + chiSquared);
  }

  /** The correlation of n independent pairs has a standard deviation of 1/sqrt(n). */
  @Test
  void streamsOfNeighbouringImagesAreUncorrelated() {
    int pairs = 100_000;
    double sum = 0;
    for (int i = 0; i < pairs; i++) {
      double a = RandomStream.ofTransform(7, 0, i, 0, 5).nextDouble() - 0.5;
      double b = RandomStream.ofTransform(7, 0, i + 1, 0, 5).nextDouble() - 0.5;
      sum += a * b * 12;
    }
    assertEquals(0, sum / pairs, 4 / Math.sqrt(pairs));
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    RandomStream random = RandomStream.ofItem(3, 0);
    double[] x = IntStream.range(0, 100_000).mapToDouble(i -> random.normal()).toArray();
    assertEquals(0, Arrays.stream(x).average().orElseThrow(), 0.015);
    assertEquals(1, Arrays.stream(x).map(v -> v * v).average().orElseThrow(), 0.02);
  }

  @Test
  void everyPermutationOfThreeIsEquallyLikely() {
    int[] counts = new int[27];
    for (int epoch = 0; epoch < 60_000; epoch++) {
      int[] p = RandomStream.ofOrder(11, epoch).permutation(3);
      counts[p[0] * 9 + p[1] * 3 + p[2]]++;
    }
    int[] seen = Arrays.stream(counts).filter(n -> n > 0).toArray();
    assertEquals(6, seen.length);
    for (int n : seen) {
      assertEquals(10_000, n, 400);
    }
  }
}
