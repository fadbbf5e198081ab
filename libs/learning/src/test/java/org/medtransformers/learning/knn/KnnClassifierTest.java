package org.medtransformers.learning.knn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
