package org.medtransformers.learning.knn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;

class KnnClassifierTest {
  private static final double TEMPERATURE = 0.5;

  /** Along the axes; lengths do not count. */
  private static final Tensor BANK = Tensor.ofFloats(new float[] {2, 0, 0, 3, 5, 0, 0, 0.5f}, 4, 2);

  private static final Tensor QUERY = Tensor.ofFloats(new float[] {0.1f, 0}, 1, 2);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void moreNeighboursThanTheBankHasAreAllOfIt() {
    double near = 2 * Math.exp(1 / TEMPERATURE);
    KnnClassifier.Votes votes = vote(KnnClassifier.oneHot(new int[] {0, 1, 0, 1}, 2), 9);
    assertEquals(near, votes.scores().floats()[0], 1e-5);
    assertEquals(2, votes.scores().floats()[1], 1e-6);
    assertEquals(near + 2, votes.weights().floats()[0], 1e-5);
  }

  @Test
  void ofEquallySimilarOnesTheFirstInTheBankVote() {
    Tensor targets = KnnClassifier.oneHot(new int[] {0, 1, 1, 1}, 2);
    float[] scores = vote(targets, 1).scores().floats();
    assertEquals(Math.exp(1 / TEMPERATURE), scores[0], 1e-5);
    assertEquals(0, scores[1]);
    assertEquals(1, vote(targets, 3).scores().floats()[1] - Math.exp(1 / TEMPERATURE), 1e-5);
  }

  @Test
  void sharesAreOfTheNeighboursWeightsAndMayAddUpToMoreThanOne() {
    Tensor targets = Tensor.ofFloats(new float[] {1, 1, 0, 1, 1, 0, 0, 0}, 4, 2);
    assertArrayEquals(new float[] {1, 0.5f}, vote(targets, 2).shares().floats(), 1e-6f);
  }

  @Test
  void aBankTooLargeForOneCallGivesTheSameVotes() {
    int n = 1 << 20;
    float[] values = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      double angle = Math.PI * (i + 0.5) / n;
      values[2 * i] = (float) Math.cos(angle);
      values[2 * i + 1] = (float) Math.sin(angle);
      labels[i] = angle < Math.PI / 2 ? 0 : 1;
    }
    float[] queries = new float[2 * 40];
    for (int i = 0; i < 40; i++) {
      queries[2 * i] = i % 2 == 0 ? 1 : -1;
      queries[2 * i + 1] = 1;
    }
    try (KnnClassifier classifier =
        new KnnClassifier(
            Tensor.ofFloats(values, n, 2),
            KnnClassifier.oneHot(labels, 2),
            50,
            TEMPERATURE,
            TorchDevice.CPU)) {
      float[] scores = classifier.vote(Tensor.ofFloats(queries, 40, 2)).scores().floats();
      for (int i = 0; i < 40; i++) {
        assertEquals(50 * Math.exp(1 / TEMPERATURE), scores[2 * i + i % 2], 1e-3);
        assertEquals(0, scores[2 * i + 1 - i % 2]);
      }
    }
  }

  /** From 256 on neighbours are sought in two steps, the second also among a rest. */
  @ParameterizedTest
  @ValueSource(ints = {255, 256, 1000, 1003})
  void theNeighboursInALargeBankAreThoseOfPlainSorting(int n) {
    int features = 6;
    int k = 7;
    Random random = new Random(7);
    float[] bank = gaussians(random, n * features);
    float[] queries = gaussians(random, 50 * features);
    int[] labels = IntStream.range(0, n).toArray();
    float[] scores;
    try (KnnClassifier classifier =
        new KnnClassifier(
            Tensor.ofFloats(bank, n, features),
            KnnClassifier.oneHot(labels, n),
            k,
            TEMPERATURE,
            TorchDevice.CPU)) {
      scores = classifier.vote(Tensor.ofFloats(queries, 50, features)).scores().floats();
    }
    for (int query = 0; query < 50; query++) {
      int q = query;
      Map<Integer, Double> expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -cosine(queries, q, bank, i, features)))
              .limit(k)
              .collect(Collectors.toMap(i -> i, i -> cosine(queries, q, bank, i, features)));
      for (int i = 0; i < n; i++) {
        double weight = expected.containsKey(i) ? Math.exp(expected.get(i) / TEMPERATURE) : 0;
        assertEquals(weight, scores[q * n + i], 1e-4 * weight);
      }
    }
  }

  @Test
  void ofEquallySimilarOnesTheFirstInALargeBankVote() {
    int n = 1003;
    float[] bank = new float[n * 8];
    IntStream.range(0, n).forEach(i -> bank[i * 8 + i % 8] = 1);
    try (KnnClassifier classifier =
        new KnnClassifier(
            Tensor.ofFloats(bank, n, 8),
            KnnClassifier.oneHot(IntStream.range(0, n).toArray(), n),
            5,
            TEMPERATURE,
            TorchDevice.CPU)) {
      Tensor query = Tensor.ofFloats(new float[] {0, 0, 0, 1, 0, 0, 0, 0}, 1, 8);
      float[] scores = classifier.vote(query).scores().floats();
      assertEquals(
          List.of(3, 11, 19, 27, 35),
          IntStream.range(0, n).filter(i -> scores[i] > 0).boxed().toList());
    }
  }

  private static double cosine(float[] a, int row, float[] b, int other, int features) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < features; i++) {
      double x = a[row * features + i];
      double y = b[other * features + i];
      product += x * y;
      first += x * x;
      second += y * y;
    }
    return product / Math.sqrt(first * second);
  }

  private static float[] gaussians(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void severalNumbersOfNeighboursVoteAsEachByItself() {
    Random random = new Random(5);
    Tensor bank = Tensor.ofFloats(values(random, 300 * 4), 300, 4);
    Tensor queries = Tensor.ofFloats(values(random, 30 * 4), 30, 4);
    Tensor targets = KnnClassifier.oneHot(random.ints(300, 0, 3).toArray(), 3);
    List<Integer> ks = List.of(1, 7, 200);
    try (KnnClassifier all = new KnnClassifier(bank, targets, 200, TEMPERATURE, TorchDevice.CPU)) {
      List<KnnClassifier.Votes> votes = all.votes(queries, ks);
      for (int i = 0; i < ks.size(); i++) {
        try (KnnClassifier one =
            new KnnClassifier(bank, targets, ks.get(i), TEMPERATURE, TorchDevice.CPU)) {
          KnnClassifier.Votes alone = one.vote(queries);
          assertArrayEquals(alone.scores().floats(), votes.get(i).scores().floats());
          assertArrayEquals(alone.weights().floats(), votes.get(i).weights().floats());
        }
      }
    }
  }

  /** Few values, so that many embeddings are equally similar. */
  private static float[] values(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(3) - 1 + 0.1f;
    }
    return values;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor targets = KnnClassifier.oneHot(new int[] {0, 1, 1, 1}, 2);
    assertThrows(MedtransException.class, () -> vote(targets, 0));
    assertThrows(MedtransException.class, () -> vote(KnnClassifier.oneHot(new int[] {0}, 2), 1));
    assertThrows(MedtransException.class, () -> KnnClassifier.oneHot(new int[] {2}, 2));
  }

  private static KnnClassifier.Votes vote(Tensor targets, int k) {
    try (KnnClassifier classifier =
        new KnnClassifier(BANK, targets, k, TEMPERATURE, TorchDevice.CPU)) {
      return classifier.vote(QUERY);
    }
  }
}
