package org.medtransformers.imaging.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class TrainingFractionTest {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");
  private static final List<Double> FRACTIONS = List.of(0.02, 0.05, 0.1, 0.25, 0.5, 0.999);

  /** Patients of 1 to {@code most} images, skewed as diagnoses are. */
  private static List<Candidate> patients(int seed, int patients, int most) {
    Random random = new Random(seed);
    List<Candidate> images = new ArrayList<>();
    for (int p = 0; p < patients; p++) {
      for (int i = 1 + random.nextInt(most); i > 0; i--) {
        int label = (int) (CLASSES.size() * Math.pow(random.nextDouble(), 3));
        images.add(new Candidate("i%d_%d".formatted(p, i), "p" + p, List.of(label)));
      }
    }
    return images;
  }

  /** The last images validate and test. */
  private static Splits splits(List<Candidate> images) {
    int train = images.size() * 8 / 10;
    List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
    return new Splits(
        new SplitScheme("grouped", Map.of("seed", 42L)),
        all.subList(0, train),
        all.subList(train, train + 1),
        all.subList(train + 1, all.size()));
  }

  private static List<Integer> kept(List<Candidate> images, double fraction) {
    return TrainingFraction.of(splits(images), images, CLASSES, fraction).train();
  }

  @Test
  void whatIsKeptIsWhatAnotherProgramKeeps() throws IOException {
    JsonNode reference;
    try (InputStream in = getClass().getResourceAsStream("/split/fraction.json")) {
      reference = Json.mapper().readTree(in);
    }
    List<Candidate> images = new ArrayList<>();
    for (JsonNode image : reference.path("images")) {
      List<Integer> classes = new ArrayList<>();
      image.path("classes").forEach(c -> classes.add(c.intValue()));
      images.add(new Candidate(image.path("id").asText(), image.path("group").asText(), classes));
    }
    List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
    Splits whole = new Splits(all, List.of(), List.of());
    for (Map.Entry<String, JsonNode> kept : reference.path("kept").properties()) {
      Splits found = TrainingFraction.of(whole, images, CLASSES, Double.parseDouble(kept.getKey()));
      List<String> ids = found.train().stream().map(i -> images.get(i).id()).toList();
      assertEquals(kept.getValue(), Json.tree(ids), kept.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aSmallFractionIsInEveryLargerOneAndGroupsStayWhole(int seed) {
    List<Candidate> images = patients(seed, 400, 5);
    Splits whole = splits(images);
    Set<Integer> before = Set.of();
    for (double fraction : FRACTIONS) {
      List<Integer> kept = kept(images, fraction);
      assertTrue(kept.containsAll(before), "fraction " + fraction);
      before = new HashSet<>(kept);
      Set<String> groups =
          kept.stream().map(i -> images.get(i).group()).collect(Collectors.toSet());
      for (int i : whole.train()) {
        assertEquals(groups.contains(images.get(i).group()), before.contains(i));
      }
      assertEquals(fraction * whole.train().size(), kept.size(), 5, "to the last group");
    }
  }

  /** No class is rounded but up, and none by an image more than the others. */
  @Test
  void withoutGroupsEachClassIsRoundedUpAtACommonShare() {
    List<Candidate> images = patients(7, 2000, 1);
    List<Integer> train = splits(images).train();
    for (double fraction : FRACTIONS) {
      List<Integer> kept = kept(images, fraction);
      assertEquals(Math.round(fraction * train.size()), kept.size());
      double low = 0;
      double high = 1;
      for (int c = 0; c < CLASSES.size(); c++) {
        double all = count(images, train, c);
        low = Math.max(low, (count(images, kept, c) - 1) / all);
        high = Math.min(high, count(images, kept, c) / all);
      }
      assertTrue(low <= high, "fraction %s: %s to %s".formatted(fraction, low, high));
    }
  }

  private static long count(List<Candidate> images, List<Integer> part, int label) {
    return part.stream().filter(i -> images.get(i).classes().contains(label)).count();
  }

  @Test
  void theOtherPartsAndTheOrderOfTheTrainingImagesStay() {
    List<Candidate> images = patients(8, 200, 3);
    Splits whole = splits(images);
    Splits tenth = TrainingFraction.of(whole, images, CLASSES, 0.1);
    assertEquals(whole.val(), tenth.val());
    assertEquals(whole.test(), tenth.test());
    assertEquals(whole.train().stream().filter(tenth.train()::contains).toList(), tenth.train());
    assertEquals(
        new SplitScheme("grouped", Map.of("seed", 42L, "train_fraction", 0.1)), tenth.scheme());
  }

  @Test
  void theSeedOfTheSplitDecidesAndNotTheOrderOfTheLabelFile() {
    List<Candidate> images = patients(9, 300, 1);
    Splits whole = splits(images);
    Splits reseeded =
        new Splits(
            new SplitScheme("grouped", Map.of("seed", 43L)),
            whole.train(),
            whole.val(),
            whole.test());
    assertNotEquals(
        new HashSet<>(kept(images, 0.1)),
        new HashSet<>(TrainingFraction.of(reseeded, images, CLASSES, 0.1).train()));
    List<Integer> backwards = new ArrayList<>(whole.train());
    Collections.reverse(backwards);
    Splits reversed = new Splits(whole.scheme(), backwards, whole.val(), whole.test());
    assertEquals(
        new HashSet<>(kept(images, 0.1)),
        new HashSet<>(TrainingFraction.of(reversed, images, CLASSES, 0.1).train()));
  }

  @Test
  void aSplitThatWasNotDrawnIsCutByTheSeedOfAllOthers() {
    List<Candidate> images = patients(10, 100, 2);
    Splits drawn = splits(images);
    Splits official = new Splits(drawn.train(), drawn.val(), drawn.test());
    Splits cut = TrainingFraction.of(official, images, CLASSES, 0.3);
    assertEquals(TrainingFraction.of(drawn, images, CLASSES, 0.3).train(), cut.train());
    assertEquals(Map.of("seed", 42L, "train_fraction", 0.3), cut.scheme().parameters());
  }

  @Test
  void aFractionThatLeavesAClassWithoutAnImageIsRefusedAndTheOneItNamesIsNot() {
    List<Candidate> images = patients(11, 1000, 3);
    int train = splits(images).train().size();
    MedtransException e = assertThrows(MedtransException.class, () -> kept(images, 0.0005));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    String start =
        "medtrans.split.train_fraction: found 5.0E-4, which leaves none of the %d training images for ["
            .formatted(train);
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    double allowed = Double.parseDouble(e.getMessage().replaceAll(".*from (\\S+) to 1", "$1"));
    assertEquals(
        4,
        kept(images, allowed).stream()
            .flatMap(i -> images.get(i).classes().stream())
            .distinct()
            .count());
    assertThrows(MedtransException.class, () -> kept(images, allowed - 2.0 / train));
  }

  @Test
  void aClassThatNeverTrainsIsNotMissed() {
    List<Candidate> images =
        IntStream.range(0, 20).mapToObj(i -> new Candidate("i" + i, "", List.of(i % 3))).toList();
    assertFalse(kept(images, 0.2).isEmpty());
  }
}
