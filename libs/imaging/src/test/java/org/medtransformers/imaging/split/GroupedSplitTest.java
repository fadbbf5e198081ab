package org.medtransformers.imaging.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class GroupedSplitTest {
  private static final List<Double> FRACTIONS = List.of(0.7, 0.15, 0.15);
  private static final Map<Split, Double> SHARES =
      Map.of(Split.TRAIN, 0.7, Split.VAL, 0.15, Split.TEST, 0.15);

  /** Images of lesions of 1 to {@code most} images; every fifth lesion has no id. */
  private static List<Candidate> lesions(Random random, int lesions, int most, int classes) {
    List<Candidate> images = new ArrayList<>();
    for (int lesion = 0; lesion < lesions; lesion++) {
      // Skewed as diagnoses are: most lesions are of the first classes.
      int label = (int) (classes * Math.pow(random.nextDouble(), 3));
      int size = lesion % 5 == 0 ? 1 : 1 + random.nextInt(most);
      for (int i = 0; i < size; i++) {
        String group = lesion % 5 == 0 ? "" : "L" + lesion;
        images.add(new Candidate("img_%d_%d".formatted(lesion, i), group, List.of(label)));
      }
    }
    Collections.shuffle(images, random);
    return images;
  }

  private static List<String> ids(List<Candidate> images, List<Integer> part) {
    return part.stream().map(i -> images.get(i).id()).toList();
  }

  private static void assertEveryImageOnce(int n, Stream<List<Integer>> parts) {
    List<Integer> all = parts.flatMap(List::stream).sorted().toList();
    assertEquals(IntStream.range(0, n).boxed().toList(), all);
  }

  private static void assertEveryImageOnce(int n, Splits splits) {
    assertEveryImageOnce(n, Stream.of(splits.train(), splits.val(), splits.test()));
  }

  private static void assertNoGroupLeaks(List<Candidate> images, Splits splits) {
    assertEquals(0, splits.leakingGroups(images.stream().map(Candidate::group).toList()));
  }

  private static void assertStratified(
      List<Candidate> images, List<Integer> part, double share, IntUnaryOperator bound) {
    int classes = images.stream().mapToInt(i -> i.classes().get(0) + 1).max().orElseThrow();
    for (int c = 0; c < classes; c++) {
      int label = c;
      long all = images.stream().filter(i -> i.classes().contains(label)).count();
      long here = part.stream().filter(i -> images.get(i).classes().contains(label)).count();
      assertTrue(
          Math.abs(here - share * all) <= bound.applyAsInt(label),
          "class %d: %d of %d in a part of %s".formatted(label, here, all, share));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void groupsStayTogetherAndEveryClassIsSharedOutWithinOneGroup(int seed) {
    Random random = new Random(seed);
    int most = 1 + random.nextInt(6);
    List<Candidate> images = lesions(random, 200 + random.nextInt(300), most, 8);
    Splits splits = GroupedSplit.fractions(images, FRACTIONS);
    assertEveryImageOnce(images.size(), splits);
    assertNoGroupLeaks(images, splits);
    for (Split part : Split.values()) {
      assertStratified(images, splits.of(part), SHARES.get(part), c -> most);
    }
  }

  /** Webster's method satisfies quota for up to three parts (Balinski and Young 1982). */
  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  void withoutGroupsEveryClassIsSharedOutWithinOneImage(int seed) {
    List<Candidate> images = lesions(new Random(seed), 700, 1, 5);
    Splits splits = GroupedSplit.fractions(images, FRACTIONS);
    for (Split part : Split.values()) {
      assertStratified(images, splits.of(part), SHARES.get(part), c -> 1);
    }
  }

  @Test
  void patientsWithImagesOfSeveralClassesAreSharedOutNearly() {
    Random random = new Random(5);
    List<Candidate> images = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      int patient = (int) (800 * Math.pow(random.nextDouble(), 2));
      int label = (int) (6 * Math.pow(random.nextDouble(), 2));
      images.add(new Candidate("i" + i, "p" + patient, List.of(label)));
    }
    Splits splits = GroupedSplit.fractions(images, FRACTIONS);
    assertNoGroupLeaks(images, splits);
    for (Split part : Split.values()) {
      // One per cent of the images.
      assertStratified(images, splits.of(part), SHARES.get(part), c -> 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22, 23})
  void overTheFoldsEveryImageIsTestedOnceAndValidatesOnce(int seed) {
    Random random = new Random(seed);
    List<Candidate> images = lesions(random, 150, 4, 4);
    int folds = 3 + random.nextInt(5);
    List<Splits> rounds =
        IntStream.range(0, folds).mapToObj(f -> GroupedSplit.fold(images, folds, f)).toList();
    assertEveryImageOnce(images.size(), rounds.stream().map(Splits::test));
    assertEveryImageOnce(images.size(), rounds.stream().map(Splits::val));
    for (Splits round : rounds) {
      assertEveryImageOnce(images.size(), round);
      assertNoGroupLeaks(images, round);
      assertStratified(images, round.test(), 1.0 / folds, c -> 4);
    }
  }

  @Test
  void orderOfTheImagesChangesNothing() {
    List<Candidate> images = lesions(new Random(31), 200, 3, 5);
    List<Candidate> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(32));
    Splits one = GroupedSplit.fractions(images, FRACTIONS);
    Splits other = GroupedSplit.fractions(shuffled, FRACTIONS);
    Splits fold = GroupedSplit.fold(images, 5, 2);
    Splits otherFold = GroupedSplit.fold(shuffled, 5, 2);
    for (Split part : Split.values()) {
      assertEquals(ids(images, one.of(part)), ids(shuffled, other.of(part)));
      assertEquals(ids(images, fold.of(part)), ids(shuffled, otherFold.of(part)));
    }
    assertNotEquals(images, shuffled);
  }

  /** The reference is {@code src/test/python/grouped_split.py}, which shares no code with us. */
  @Test
  void splitIsTheOneThatAnotherProgramFinds() throws IOException {
    JsonNode reference;
    try (InputStream in = GroupedSplitTest.class.getResourceAsStream("/split/grouped.json")) {
      reference = Json.mapper().readTree(in);
    }
    List<Candidate> images = new ArrayList<>();
    for (JsonNode image : reference.path("images")) {
      List<Integer> classes = new ArrayList<>();
      image.path("classes").forEach(c -> classes.add(c.intValue()));
      images.add(new Candidate(image.path("id").asText(), image.path("group").asText(), classes));
    }
    Splits grouped = GroupedSplit.fractions(images, List.of(0.6, 0.25, 0.15));
    assertEquals(reference.path("grouped"), parts(images, grouped));
    assertEquals(reference.path("fold"), parts(images, GroupedSplit.fold(images, 4, 3)));
  }

  private static JsonNode parts(List<Candidate> images, Splits splits) {
    return Json.tree(
        Stream.of(splits.train(), splits.val(), splits.test()).map(p -> ids(images, p)).toList());
  }

  @Test
  void validationMayBeEmpty() {
    List<Candidate> images = lesions(new Random(41), 50, 2, 2);
    Splits splits = GroupedSplit.fractions(images, List.of(0.8, 0.0, 0.2));
    assertTrue(splits.val().isEmpty());
    assertEveryImageOnce(images.size(), splits);
  }

  @Test
  void tinySetsFillEveryPartAsLongAsThereAreGroups() {
    for (int classes = 1; classes <= 3; classes++) {
      List<Candidate> images = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        images.add(new Candidate("i" + i, "", List.of(i % classes)));
      }
      Splits splits = GroupedSplit.fractions(images, FRACTIONS);
      assertEquals(1, splits.train().size());
      assertEquals(1, splits.val().size());
      assertEquals(1, splits.test().size());
    }
  }

  @Test
  void imageWithoutAGroupIsNotInTheGroupThatIsCalledLikeIt() {
    List<Candidate> images =
        List.of(
            new Candidate("x", "", List.of(0)),
            new Candidate("a", "x", List.of(0)),
            new Candidate("b", "x", List.of(0)));
    Splits splits = GroupedSplit.fractions(images, List.of(0.6, 0.0, 0.4));
    assertEquals(Set.of(1, 2), new HashSet<>(splits.train()));
    assertEquals(List.of(0), splits.test());
  }

  @Test
  void anotherSeedDividesOtherwiseAndAsEvenly() {
    List<Candidate> images = lesions(new Random(5), 300, 4, 4);
    Splits usual = GroupedSplit.fold(images, 5, 0);
    Splits other = GroupedSplit.fold(images, 5, 0, 43);
    assertNotEquals(usual.test(), other.test());
    assertEquals(usual, GroupedSplit.fold(images, 5, 0, 42));
    assertEquals(43L, other.scheme().parameters().get("seed"));
    assertEquals(usual.test().size(), other.test().size(), 0.1 * usual.test().size());
    assertNotEquals(
        GroupedSplit.fractions(images, FRACTIONS).test(),
        GroupedSplit.fractions(images, FRACTIONS, 43).test());
  }

  @Test
  void fewerGroupsThanPartsAreRefused() {
    refused(() -> GroupedSplit.fractions(List.of(), FRACTIONS), "0 images in 0 groups");
    List<Candidate> oneGroup =
        IntStream.range(0, 20).mapToObj(i -> new Candidate("i" + i, "p", List.of(i % 2))).toList();
    refused(() -> GroupedSplit.fractions(oneGroup, FRACTIONS), "20 images in 1 groups");
    List<Candidate> four =
        IntStream.range(0, 4).mapToObj(i -> new Candidate("i" + i, "", List.of(0))).toList();
    refused(() -> GroupedSplit.fold(four, 5, 0), "4 images in 4 groups cannot be divided into 5");
  }

  private static void refused(Runnable split, String reason) {
    MedtransException e = assertThrows(MedtransException.class, split::run);
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
