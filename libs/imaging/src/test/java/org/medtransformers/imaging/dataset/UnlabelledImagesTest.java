package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

class UnlabelledImagesTest {
  @TempDir Path location;
  @TempDir Path root;
  private Path folder;
  private int drawn;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(location.resolve("ImageFolder"));
  }

  /** Images in {@code path}, each another. */
  private void draw(String path, int images) throws IOException {
    Path into = Files.createDirectories(folder.resolve(path));
    for (int i = 0; i < images; i++, drawn++) {
      byte[] pixels = new byte[32 * 32 * 3];
      new Random(drawn).nextBytes(pixels);
      Files.write(into.resolve(i + ".png"), PngEncoder.encode(new Image(pixels, 32, 32, 3)));
    }
  }

  private static RunConfig.Medtrans options(String method, String imageFolder) {
    return Json.read(
        """
        {"method": "%s", "split": {"kind": "seed-compatible"}, "on_bad_image": "fail",
         "image_folder": %s}
        """
            .formatted(method, imageFolder),
        RunConfig.Medtrans.class);
  }

  private DatasetListing list(String method, String imageFolder) {
    return DatasetSource.list(
        DatasetName.IMAGE_FOLDER, location, options(method, imageFolder), link -> false, null);
  }

  private String refusal(ErrorCode code, String method, String imageFolder) {
    MedtransException e = assertThrows(MedtransException.class, () -> list(method, imageFolder));
    assertEquals(code, e.code());
    return e.getMessage();
  }

  private static Set<String> ids(DatasetListing listing, Split part) {
    Set<String> ids = new HashSet<>();
    listing.splits().of(part).forEach(i -> ids.add(listing.samples().get(i).id()));
    return ids;
  }

  @Test
  void imagesInNoFolderAreTrainedOnWithoutLabelsOnly() throws IOException {
    draw("", 5);
    for (String method : List.of("dino", "byol", "simsiam")) {
      DatasetListing listing = list(method, "{}");
      assertFalse(listing.description().labelled());
      assertEquals(5, listing.splits().train().size());
      assertEquals(List.of(), listing.splits().val());
      assertEquals(List.of(), listing.splits().test());
    }
    String refusal = refusal(ErrorCode.DATASET_INVALID, "supervised", "{}");
    assertTrue(refusal.contains(folder + ": the 5 images have no labels"), refusal);
  }

  @Test
  void foldersWithoutMeaningTakeTheKey() throws IOException {
    draw("scanner 1/2019", 3);
    draw("scanner 2", 2);
    draw("", 1);
    assertTrue(list("dino", "{}").description().labelled(), "folders are classes unless told");
    DatasetListing listing = list("dino", "{\"labels\": \"none\"}");
    assertFalse(listing.description().labelled());
    assertEquals(
        Set.of(
            "0.png",
            "scanner 1/2019/0.png",
            "scanner 1/2019/1.png",
            "scanner 1/2019/2.png",
            "scanner 2/0.png",
            "scanner 2/1.png"),
        ids(listing, Split.TRAIN));
  }

  @Test
  void ofPartsTheTrainingPartAloneIsTrainedOn() throws IOException {
    draw("train/a", 3);
    draw("test/a", 2);
    DatasetListing listing = list("dino", "{\"labels\": \"none\"}");
    assertEquals(
        Set.of("train/a/0.png", "train/a/1.png", "train/a/2.png"), ids(listing, Split.TRAIN));
    assertTrue(
        listing.notices().get(0).startsWith("images held out for validation or test"),
        listing.notices().toString());
  }

  /** What is tested is the same for both, and never trained on. */
  @Test
  void imagesBesideTheClassesTakePartWithoutLabelsAndChangeNoSplit() throws IOException {
    draw("benign", 10);
    draw("malignant", 10);
    DatasetListing before = list("supervised", "{}");
    draw("Unlabeled/site 1", 4);
    DatasetListing supervised = list("supervised", "{}");
    assertEquals(List.of("benign", "malignant"), supervised.description().classes());
    assertEquals(before.splits(), supervised.splits());
    assertTrue(
        supervised
            .notices()
            .contains(
                "4 images without a label are not used: they take part in training without labels only"
                    + " (dino, byol, simsiam)"),
        supervised.notices().toString());
    DatasetListing dino = list("dino", "{}");
    assertEquals(ids(supervised, Split.VAL), ids(dino, Split.VAL));
    assertEquals(ids(supervised, Split.TEST), ids(dino, Split.TEST));
    Set<String> train = ids(dino, Split.TRAIN);
    assertTrue(train.remove("Unlabeled/site 1/0.png"));
    assertEquals(supervised.splits().train().size() + 3, train.size());
    assertTrue(train.containsAll(ids(supervised, Split.TRAIN)));
  }

  @Test
  void theTestPartHoldsNoneThatWouldBeTrainedOn() throws IOException {
    for (String part : List.of("train", "test")) {
      draw(part + "/a", 3);
      draw(part + "/b", 3);
    }
    draw("train/unlabelled", 2);
    DatasetListing listing = list("byol", "{}");
    assertEquals(8, listing.splits().train().size());
    assertEquals(6, listing.splits().test().size());
    draw("test/unlabelled", 1);
    String refusal = refusal(ErrorCode.DATASET_INVALID, "byol", "{}");
    assertTrue(refusal.contains("test/unlabelled"), refusal);
  }

  @Test
  void aClassMayBeCalledUnlabelledWhereTheFileSaysSo() throws IOException {
    draw("unlabelled", 3);
    draw("labelled", 3);
    DatasetListing listing = list("dino", "{\"classes\": [\"labelled\", \"unlabelled\"]}");
    assertEquals(List.of("labelled", "unlabelled"), listing.description().classes());
    assertEquals(6, listing.samples().size());
  }

  /** Nor is a patient trained on of whom another image is tested. */
  @Test
  void rowsWithoutAClassTakePartUnlessTheirPatientIsHeldOut() throws IOException {
    folder = Files.createDirectories(location.resolve("CSV"));
    draw("", 24);
    StringBuilder csv = new StringBuilder("image,grade,patient\n");
    for (int i = 0; i < 24; i++) {
      String grade = i % 4 == 3 ? "" : i % 2 == 0 ? "low" : "high";
      csv.append("%d.png,%s,P%d\n".formatted(i, grade, i / 4));
    }
    Files.writeString(folder.resolve("labels.csv"), csv);
    RunConfig.Medtrans refusing = csv("supervised", false);
    assertEquals(
        ErrorCode.LABEL_OUT_OF_RANGE,
        assertThrows(MedtransException.class, () -> listCsv(refusing)).code());
    DatasetListing supervised = listCsv(csv("supervised", true));
    assertEquals(18, supervised.samples().size());
    DatasetListing dino = listCsv(csv("dino", true));
    assertEquals(ids(supervised, Split.TEST), ids(dino, Split.TEST));
    Set<String> heldOut = new HashSet<>(ids(dino, Split.TEST));
    heldOut.addAll(ids(dino, Split.VAL));
    List<String> used =
        dino.samples().stream().filter(s -> s.classes().isEmpty()).map(Sample::id).toList();
    List<String> expected =
        IntStream.range(0, 6)
            .filter(p -> !heldOut.contains(4 * p + ".png"))
            .mapToObj(p -> 4 * p + 3 + ".png")
            .toList();
    assertTrue(expected.size() > 0 && expected.size() < 6, expected.toString());
    assertEquals(expected, used);
    assertEquals(0, dino.leakingGroups());
  }

  private static RunConfig.Medtrans csv(String method, boolean unlabelled) {
    return Json.read(
        """
        {"method": "%s", "on_bad_image": "fail",
         "split": {"kind": "grouped", "fractions": [0.5, 0.2, 0.3]},
         "csv": {"file": "labels.csv", "image_column": "image", "label_columns": ["grade"],
                 "group_column": "patient", "unlabelled": %s}}
        """
            .formatted(method, unlabelled),
        RunConfig.Medtrans.class);
  }

  private DatasetListing listCsv(RunConfig.Medtrans options) {
    return DatasetSource.list(DatasetName.CSV, location, options, link -> false, null);
  }

  /** As they are served: the label of an image without one is -1. */
  @Test
  void batchesSayWhichImagesHaveNoLabel() throws IOException {
    draw("a", 6);
    draw("b", 6);
    draw("c", 6);
    draw("unlabelled", 5);
    PreparedSet set = prepared();
    assertEquals(
        5, set.rows().stream().filter(r -> r.classes().isEmpty()).count(), "rows without a class");
    assertEquals(0, set.manifest().statistics().duplicates().differingLabels());
    LoaderSpec spec =
        new LoaderSpec(
            set.dataset().id(), Split.TRAIN, List.of(TestSets.RESIZE_20), 64, false, false, 0);
    long[] labels = new Batcher(set, spec).batch(0, 0).get("label").longs();
    assertEquals(set.rows(Split.TRAIN).length, labels.length);
    assertEquals(5, Arrays.stream(labels).filter(label -> label == -1).count());
    assertEquals(
        labels.length - 5, Arrays.stream(labels).filter(label -> label >= 0 && label < 3).count());
  }

  private PreparedSet prepared() {
    PrepareSpec spec =
        new PrepareSpec(
            TestSets.spec(DatasetName.IMAGE_FOLDER, location, TestSets.RESIZE_20).dataset(),
            options("dino", "{}"));
    Preparer preparer = new Preparer(root, ImageLimits.DEFAULT, 2, path -> false);
    String id = preparer.prepare(spec, (done, total) -> {}).id();
    return PreparedSet.open(new PreparedStore(root).folder(id));
  }
}
