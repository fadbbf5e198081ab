package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.transform.Operation;
import org.medtransformers.python.Python;

class StatisticsTest {
  @TempDir Path location;
  @TempDir Path root;

  private PreparedSet prepared() {
    return TestSets.prepared(
        TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20), root);
  }

  /** NumPy reads the training shard itself. */
  @Test
  void meanAndDeviationAreThoseOfNumPy() throws Exception {
    TestSets.phantom(location);
    PreparedSet set = prepared();
    Statistics found = set.manifest().statistics();
    Path shard = new PreparedStore(root).folder(set.dataset().id()).resolve("train-000.npy");
    List<?> expected =
        Json.read(
            Python.with("numpy")
                .run(
                    "-c",
                    String.join(
                        "\n",
                        "import json, numpy as np",
                        "x = np.load('" + shard + "').astype(np.float64) / 255",
                        "print(json.dumps([x.mean((0, 1, 2)).tolist(), x.std((0, 1, 2)).tolist()]))")),
            List.class);
    for (int c = 0; c < 3; c++) {
      assertEquals(number(expected, 0, c), found.mean().get(c), 1e-13);
      assertEquals(number(expected, 1, c), found.std().get(c), 1e-13);
    }
  }

  private static double number(List<?> lists, int list, int index) {
    return ((Number) ((List<?>) lists.get(list)).get(index)).doubleValue();
  }

  @Test
  void deviationOfOneColourIsExactlyZero() {
    ChannelSums sums = new ChannelSums(1);
    byte[] pixels = new byte[1 << 20];
    Arrays.fill(pixels, (byte) 77);
    for (int i = 0; i < 5; i++) {
      sums.add(new Image(pixels, 1 << 10, 1 << 10, 1));
    }
    assertEquals(List.of(77 / 255.0), sums.mean());
    assertEquals(List.of(0.0), sums.std());
    assertEquals(List.of(), new ChannelSums(3).mean());
  }

  @Test
  void dataSetWithoutMeanAndDeviationGetsWhatWasFound() {
    Statistics found = new Statistics(List.of(0.25), List.of(0.0), null, null);
    DatasetDescription without = described(List.of(), List.of());
    assertEquals(described(List.of(0.25), List.of(1.0)), found.complete(without));
    DatasetDescription with = described(List.of(0.5), List.of(0.125));
    assertEquals(with, found.complete(with));
  }

  private static DatasetDescription described(List<Double> mean, List<Double> std) {
    return new DatasetDescription(
        "x", List.of("a"), Task.MULTI_CLASS, 1, mean, std, TargetMetric.RECALL, false);
  }

  @Test
  void equalFilesAreFoundWithinAndAcrossPartsAndWithOtherLabels() throws IOException {
    TestSets.phantom(location);
    List<String> train = prepared().rows().stream().map(IndexRow::id).toList();
    // Two of the training part, and one of each part, became the same file.
    copy(train.get(0), train.get(1));
    copy(train.get(2), train.get(21));
    copy(train.get(2), train.get(29));
    PreparedSet set = prepared();
    Duplicates found = set.manifest().statistics().duplicates();
    assertEquals(2, found.files());
    assertEquals(5, found.images());
    assertEquals(1, found.acrossParts());
    Copies across = found.examples().get(0);
    assertTrue(across.acrossParts());
    assertEquals(3, across.images());
    assertEquals(
        Set.of(Split.TRAIN, Split.VAL, Split.TEST),
        across.copies().stream().map(Copies.Copy::split).collect(Collectors.toSet()));
    boolean differ =
        Set.of(2, 21, 29).stream().map(i -> set.rows().get(i).classes()).distinct().count() > 1;
    assertEquals(differ, across.differingLabels());
    assertTrue(
        set.dataset().warnings().stream()
            .anyMatch(
                w ->
                    w.startsWith("APTOS2019: image files in more than one part of the split: 1 (")
                        && w.contains(train.get(2) + " (train) = ")),
        set.dataset().warnings().toString());
  }

  /** Of 30 drawn retinas no two are alike until one is saved again, a little brighter. */
  @Test
  void imagesThatLookAlikeAreFoundAcrossPartsAndWithOtherLabels() throws IOException {
    TestSets.phantom(location, 64);
    PreparedSet before = prepared();
    assertEquals(0, before.manifest().statistics().nearDuplicates().sets());
    IndexRow train = before.rows().get(0);
    IndexRow test =
        before.rows().stream()
            .filter(r -> r.split() == Split.TEST && !r.classes().equals(train.classes()))
            .findFirst()
            .orElseThrow();
    Path images = location.resolve("APTOS2019/train_images");
    Image original =
        new ImageDecoder(ImageLimits.DEFAULT).decode(images.resolve(train.id() + ".png"), 3);
    Files.write(
        images.resolve(test.id() + ".png"),
        PngEncoder.encode(new Operation.Brightness(1.1).apply(original)));
    PreparedSet set = prepared();
    NearDuplicates found = set.manifest().statistics().nearDuplicates();
    assertEquals(
        List.of(1, 2, 1, 1),
        List.of(found.sets(), found.images(), found.acrossParts(), found.differingLabels()));
    assertNull(found.examples().get(0).sha256());
    assertEquals(0, set.manifest().statistics().duplicates().files());
    List<String> classes = set.dataset().description().classes();
    assertEquals(
        List.of(
            "APTOS2019: near duplicates (sets of images that look alike) in more than one part of"
                + " the split: 1 (%s (train) ~ %s (test))".formatted(train.id(), test.id()),
            "APTOS2019: near duplicates (sets of images that look alike) with different labels: 1"
                + " (%s (train: %s) ~ %s (test: %s))"
                    .formatted(
                        train.id(),
                        classes.get(train.classes().get(0)),
                        test.id(),
                        classes.get(test.classes().get(0)))),
        warnings(set, "look alike"));
  }

  @Test
  void blankImagesAreToldOnceAndAreNoSet() throws IOException {
    TestSets.phantom(location, 64);
    Path images = location.resolve("APTOS2019/train_images");
    for (int i = 0; i < 6; i++) {
      Image nearlyBlack = Image.black(40 + i, 40, 3);
      Files.write(images.resolve("phantom_0000" + i + ".png"), PngEncoder.encode(nearlyBlack));
    }
    PreparedSet set = prepared();
    NearDuplicates found = set.manifest().statistics().nearDuplicates();
    assertEquals(0, found.sets());
    assertEquals(6, found.blank());
    assertEquals(1, warnings(set, "images that show next to nothing").size());
    assertEquals(List.of(), warnings(set, "look alike"));
  }

  private static List<String> warnings(PreparedSet set, String about) {
    return set.dataset().warnings().stream().filter(w -> w.contains(about)).toList();
  }

  private void copy(String from, String to) throws IOException {
    Path images = location.resolve("APTOS2019/train_images");
    Files.copy(
        images.resolve(from + ".png"),
        images.resolve(to + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void splitIsStoredUnderTheHashOfItsText() throws IOException {
    TestSets.phantom(location);
    PreparedSet set = prepared();
    UsedSplit used = set.dataset().split();
    assertEquals("seed-compatible", used.kind());
    PreparedStore store = new PreparedStore(root);
    String text = Files.readString(store.folder(set.dataset().id()).resolve("split.json"));
    assertEquals(Sha256.of(text), used.sha256());
    StoredSplit split = store.split(set.dataset().id());
    assertEquals(text, split.text());
    assertEquals(set.rows().stream().limit(21).map(IndexRow::id).toList(), split.train());
    assertNull(set.dataset().leakingGroups());
  }

  @Test
  void leakingGroupsAreToldAndGroupedSplitKeepsThemTogether() throws IOException {
    TestSets.phantom(location);
    Path labels = location.resolve("APTOS2019/train.csv");
    List<String> lines = Files.readAllLines(labels);
    StringBuilder csv = new StringBuilder(lines.get(0) + ",patient\n");
    for (int i = 1; i < lines.size(); i++) {
      csv.append(lines.get(i)).append(",P").append(i / 4).append('\n');
    }
    Files.writeString(labels, csv);
    PreparedSet leaking = preparedAs("group_column", "patient");
    assertTrue(leaking.dataset().leakingGroups() > 0);
    assertTrue(
        leaking
            .dataset()
            .warnings()
            .get(0)
            .contains(
                "groups (patients or lesions) in more than one part of the seed-compatible"
                    + " split: "));
    PreparedSet grouped =
        preparedAs(
            "group_column", "patient", "kind", "grouped", "fractions", List.of(0.5, 0.2, 0.3));
    assertEquals(0, grouped.dataset().leakingGroups());
    assertEquals("grouped", grouped.dataset().split().kind());
    Files.write(labels, lines);
    PreparedSet alone = preparedAs("kind", "kfold", "folds", 3, "fold", 2);
    assertTrue(alone.dataset().warnings().toString().contains("no image has a patient or lesion"));
  }

  /** By which a table tells whether two trainings were tested on the same images. */
  @Test
  void dataAreTheSameHoweverTheyAreSizedAndDivided() throws IOException {
    TestSets.phantom(location);
    UsedSplit official = prepared().dataset().split();
    UsedSplit larger =
        TestSets.prepared(TestSets.spec(DatasetName.APTOS2019, location, TestSets.NONE), root)
            .dataset()
            .split();
    assertEquals(official, larger);
    UsedSplit fold = usedBy("kind", "kfold", "folds", 3, "fold", 1);
    UsedSplit next = usedBy("kind", "kfold", "folds", 3, "fold", 2);
    UsedSplit anew = usedBy("kind", "kfold", "folds", 3, "fold", 1, "seed", 43);
    assertEquals(
        List.of(official.data()),
        Stream.of(fold, next, anew).map(UsedSplit::data).distinct().toList());
    assertEquals(
        4, Stream.of(official, fold, next, anew).map(UsedSplit::heldOut).distinct().count());
    assertEquals(fold, usedBy("kind", "kfold", "folds", 3, "fold", 1, "seed", 42));
    List<String> train = prepared().rows().stream().map(IndexRow::id).toList();
    copy(train.get(0), train.get(1));
    assertNotEquals(official.data(), prepared().dataset().split().data());
  }

  private UsedSplit usedBy(Object... split) {
    return preparedAs(split).dataset().split();
  }

  private PreparedSet preparedAs(Object... split) {
    PrepareSpec spec = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
    return TestSets.prepared(new PrepareSpec(spec.dataset(), TestSets.split(split)), root);
  }
}
