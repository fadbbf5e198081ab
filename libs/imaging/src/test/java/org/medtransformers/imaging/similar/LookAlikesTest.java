package org.medtransformers.imaging.similar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.imaging.Image;

class LookAlikesTest {
  private static final int SIDE = 32;

  /** A few waves, and noise as strong as {@code noise}. */
  private static Look drawn(long picture, double noise, Random random) {
    Random waves = new Random(picture);
    double[] a = waves.doubles(12, -12, 12).toArray();
    Random grain = new Random(picture + 1000);
    byte[] pixels = new byte[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      double value = 120 + 10 * grain.nextGaussian() + noise * random.nextGaussian();
      for (int k = 0; k < a.length; k++) {
        int row = i / SIDE;
        int wave = 1 + k / 4;
        double x = (k % 4) * Math.PI * (i % SIDE) / SIDE;
        double y = wave * Math.PI * row / SIDE;
        value += a[k] * Math.cos(x) * Math.cos(y);
      }
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return Look.of(new Image(pixels, SIDE, SIDE, 1));
  }

  /** Five pictures in many versions, near and far: some pairs of every kind occur. */
  private static List<Look> versions() {
    Random random = new Random(1);
    return IntStream.range(0, 400).mapToObj(i -> drawn(i % 5, i % 8, random)).toList();
  }

  @Test
  void findsThePairsThatComparingAllWithAllFinds() {
    List<Look> looks = versions();
    List<Set<Integer>> expected = linked(looks);
    assertTrue(expected.stream().anyMatch(set -> set.size() > 20), "many are alike");
    assertTrue(expected.stream().mapToInt(Set::size).sum() < looks.size(), "some are not");
    assertEquals(
        new HashSet<>(expected),
        new HashSet<>(
            LookAlikes.among(looks).stream().map(s -> (Set<Integer>) new TreeSet<>(s)).toList()));
  }

  /** Sets grown pair by pair from the definition. */
  private static List<Set<Integer>> linked(List<Look> looks) {
    List<Set<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      Set<Integer> grown = new TreeSet<>(Set.of(i));
      for (Set<Integer> set : List.copyOf(sets)) {
        int look = i;
        if (set.stream().anyMatch(other -> alike(looks.get(look), looks.get(other)))) {
          grown.addAll(set);
          sets.remove(set);
        }
      }
      sets.add(grown);
    }
    return sets.stream().filter(set -> set.size() > 1).toList();
  }

  private static boolean alike(Look one, Look other) {
    return Long.bitCount(one.hash() ^ other.hash()) <= 4 && one.likeness(other) >= 0.87;
  }

  @Test
  void blankImagesAreInNoSet() {
    Look black = Look.of(Image.black(9, 9, 1));
    Look picture = drawn(1, 0, new Random());
    assertEquals(List.of(List.of(1, 3)), LookAlikes.among(List.of(black, picture, black, picture)));
  }

  @Test
  void noImagesHaveNoLookAlikes() {
    assertEquals(List.of(), LookAlikes.among(List.of()));
  }
}
