package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.PreparedFolders;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.transform.Operation;

class PreparerTest {
  private static final PrepareListener SILENT = (done, total) -> {};

  @TempDir Path location;
  @TempDir Path root;

  private Preparer preparer;
  private PrepareSpec spec;

  @BeforeEach
  void phantom() throws IOException {
    TestSets.phantom(location);
    preparer = new Preparer(root, ImageLimits.DEFAULT, 2, path -> false);
    spec = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
  }

  @Test
  void preparedImagesAreTheSourcesResized() {
    PreparedSet set = TestSets.prepared(spec, root);
    assertEquals(new SplitSizes(21, 4, 5), set.dataset().sizes());
    assertTrue(set.dataset().description().synthetic());
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    for (int i = 0; i < 30; i++) {
      Path source = location.resolve("APTOS2019").resolve(set.rows().get(i).source());
      Image expected = new Operation.Resize(20, 24).apply(decoder.decode(source, 3));
      assertEquals(expected, set.image(i));
    }
    assertEquals(Split.TRAIN, set.rows().get(20).split());
    assertEquals(Split.TEST, set.rows().get(29).split());
    assertEquals(4, set.rows(Split.VAL).length);
    int counted =
        set.manifest().classCounts().get(Split.TRAIN).stream().mapToInt(Integer::intValue).sum();
    assertEquals(21, counted);
  }

  @Test
  void whoAsksForASetThatIsThereUsesItFromThenOn() throws IOException {
    String id = preparer.prepare(spec, (done, total) -> {}).id();
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(root.resolve(id), longAgo);
    Files.setLastModifiedTime(root.resolve(".locks").resolve(id), longAgo);
    PreparedFolders sets = new PreparedFolders(root);
    assertEquals(Instant.EPOCH, sets.find(id).orElseThrow().used());

    Instant since = Instant.now().minusSeconds(3600);
    assertEquals(id, preparer.prepare(spec, (done, total) -> {}).id());
    assertTrue(sets.find(id).orElseThrow().used().isAfter(since));
    assertFalse(sets.remove(id, since));
  }

  @Test
  void aFractionOfTheTrainingImagesIsAnotherSetWithTheSameTest() {
    PreparedSet all = TestSets.prepared(spec, root);
    AtomicInteger total = new AtomicInteger();
    AtomicInteger last = new AtomicInteger();
    PreparedDataset third =
        preparer.prepare(
            fraction(0.34),
            (done, of) -> {
              last.set(done);
              total.set(of);
            });
    assertEquals(new SplitSizes(7, 4, 5), third.sizes());
    assertEquals(0.34, third.split().trainFraction());
    assertNull(all.dataset().split().trainFraction());
    assertNotEquals(all.dataset().id(), third.id());
    assertNotEquals(all.dataset().split().sha256(), third.split().sha256());
    assertEquals(16, total.get());
    assertEquals(16, last.get());
    PreparedStore store = new PreparedStore(root);
    StoredSplit whole = store.split(all.dataset().id());
    StoredSplit cut = store.split(third.id());
    assertEquals(List.of(whole.val(), whole.test()), List.of(cut.val(), cut.test()));
    assertTrue(whole.train().containsAll(cut.train()));
    assertEquals(third.split().sha256(), cut.sha256());
    assertEquals(all.dataset().split().heldOut(), third.split().heldOut(), "judged by the same");
    assertEquals(all.dataset(), preparer.prepare(fraction(1), SILENT), "all of them is all");
  }

  private PrepareSpec fraction(double share) {
    String split = "{\"split\": {\"kind\": \"seed-compatible\", \"train_fraction\": %s}}";
    return new PrepareSpec(
        spec.dataset(), Json.read(split.formatted(share), RunConfig.Medtrans.class));
  }

  @Test
  void withoutACommonSizeImagesKeepTheirOwnInOneFlatShard() throws IOException {
    PreparedSet set =
        TestSets.prepared(TestSets.spec(DatasetName.APTOS2019, location, TestSets.NONE), root);
    assertEquals(Optional.empty(), set.size(Split.TRAIN));
    Path source = location.resolve("APTOS2019").resolve(set.rows().get(7).source());
    assertEquals(new ImageDecoder(ImageLimits.DEFAULT).decode(source, 3), set.image(7));
    byte[] npy =
        Files.readAllBytes(
            new PreparedStore(root).folder(set.dataset().id()).resolve("train-000.npy"));
    assertTrue(
        new String(npy, 0, Npy.HEADER_BYTES, StandardCharsets.ISO_8859_1)
            .contains("'shape': (" + 21 * 32 * 32 * 3 + ",)"));
  }

  @Test
  void secondTimeNothingIsReadAgain() throws IOException {
    PreparedDataset first = preparer.prepare(spec, SILENT);
    AtomicInteger calls = new AtomicInteger();
    assertEquals(first, preparer.prepare(spec, (done, total) -> calls.incrementAndGet()));
    assertEquals(0, calls.get());
  }

  @Test
  void anotherSizeALabelOrATouchedImageMakesAnotherSet() throws IOException {
    String id = preparer.prepare(spec, SILENT).id();
    PrepareSpec plain = TestSets.spec(DatasetName.APTOS2019, location, TestSets.NONE);
    assertNotEquals(id, preparer.prepare(plain, SILENT).id());
    Path image = location.resolve("APTOS2019/train_images/phantom_00003.png");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000));
    String touched = preparer.prepare(spec, SILENT).id();
    assertNotEquals(id, touched);
    Path labels = location.resolve("APTOS2019/train.csv");
    Files.writeString(labels, Files.readString(labels).replaceFirst(",\\d", ",4"));
    Files.writeString(labels, Files.readString(labels) + "\n");
    assertNotEquals(touched, preparer.prepare(spec, SILENT).id());
  }

  /** One label file may say several things of an image. */
  @Test
  void anotherColumnOfTheSameLabelFileMakesAnotherSet() throws IOException {
    new PhantomDataset(10, 32, 1).write(location.resolve("own"));
    Path folder = Files.createDirectories(location.resolve("CSV"));
    StringBuilder labels = new StringBuilder("image,left,right,sex\n");
    for (int i = 0; i < 10; i++) {
      String name = "phantom_%05d.png".formatted(i);
      Files.copy(
          location.resolve("own/APTOS2019/train_images").resolve(name), folder.resolve(name));
      labels.append("%s,%d,%d,%s\n".formatted(name, i % 2, i / 5, i % 3 == 0 ? "a;b = c%" : ""));
    }
    Files.writeString(folder.resolve("labels.csv"), labels);
    PreparedSet left = TestSets.prepared(ofColumn("left", ""), root);
    PreparedSet right = TestSets.prepared(ofColumn("right", ""), root);
    assertEquals(left.dataset().description(), right.dataset().description());
    assertNotEquals(left.dataset().id(), right.dataset().id());
    assertNotEquals(
        left.rows().stream().map(IndexRow::classes).toList(),
        right.rows().stream().map(IndexRow::classes).toList());
    PreparedSet known = TestSets.prepared(ofColumn("left", "\"sex\""), root);
    assertNotEquals(left.dataset().id(), known.dataset().id());
    for (IndexRow row : known.rows()) {
      int number = Integer.parseInt(row.id().replaceAll("\\D", ""));
      assertEquals(
          number % 3 == 0 ? Map.of("sex", "a;b = c%") : Map.of(), row.attributesByName(), row.id());
    }
  }

  private PrepareSpec ofColumn(String label, String subgroups) {
    ObjectNode options = (ObjectNode) Json.tree(TestSets.options("fail"));
    ObjectNode csv =
        options.putObject("csv").put("file", "labels.csv").put("image_column", "image");
    csv.putArray("label_columns").add(label);
    if (!subgroups.isEmpty()) {
      csv.set("subgroup_columns", Json.parse("[" + subgroups + "]"));
    }
    return new PrepareSpec(
        TestSets.spec(DatasetName.CSV, location, TestSets.RESIZE_20).dataset(),
        Json.convert(options, RunConfig.Medtrans.class));
  }

  @Test
  void missingAndDamagedImagesAreAllNamedAndNothingIsLeft() throws IOException {
    Files.delete(location.resolve("APTOS2019/train_images/phantom_00003.png"));
    Files.writeString(location.resolve("APTOS2019/train_images/phantom_00008.png"), "no image");
    MedtransException e =
        assertThrows(MedtransException.class, () -> preparer.prepare(spec, SILENT));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("phantom_00003.png cannot be read: there is no such file"));
    assertTrue(e.getMessage().contains("phantom_00008.png cannot be read: neither PNG, JPEG"));
    assertEquals(List.of(), TestSets.entries(root));
  }

  @Test
  void pipeIsNotWaitedFor() throws Exception {
    Path image = location.resolve("APTOS2019/train_images/phantom_00003.png");
    Files.delete(image);
    assertEquals(0, new ProcessBuilder("mkfifo", image.toString()).start().waitFor());
    MedtransException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> assertThrows(MedtransException.class, () -> preparer.prepare(spec, SILENT)));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("phantom_00003.png cannot be read: it is not a regular"));
  }

  @Test
  void idThatIsNoFileNameIsAnUnreadableImage() throws IOException {
    String tooLong = "x".repeat(300);
    Files.writeString(
        location.resolve("APTOS2019/train.csv"),
        "%s,1%nphantom_00001.png/below,1%n".formatted(tooLong),
        StandardOpenOption.APPEND);
    MedtransException e =
        assertThrows(MedtransException.class, () -> preparer.prepare(spec, SILENT));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains(tooLong + ".png cannot be read"), e.getMessage());
    assertTrue(e.getMessage().contains("phantom_00001.png/below.png cannot be read"));
  }

  @Test
  void badImagesAreSkippedAndListedWhereTheRunAllowsIt() throws IOException {
    Files.delete(location.resolve("APTOS2019/train_images/phantom_00003.png"));
    PreparedSet set = TestSets.prepared(TestSets.skipping(spec), root);
    assertEquals(29, set.rows().size());
    assertEquals("train_images/phantom_00003.png", set.manifest().skipped().get(0).source());
  }

  @Test
  void setWithAMissingShardIsPreparedAgain() throws IOException {
    String id = preparer.prepare(spec, SILENT).id();
    Path folder = new PreparedStore(root).folder(id);
    Files.delete(folder.resolve("val-000.npy"));
    MedtransException e = assertThrows(MedtransException.class, () -> PreparedSet.open(folder));
    assertEquals(ErrorCode.NOT_FOUND, e.code());
    assertEquals(id, preparer.prepare(spec, SILENT).id());
    assertEquals(30, PreparedSet.open(folder).rows().size());
    assertEquals(List.of(id), TestSets.entries(root));
  }

  @Test
  void setOfWhichAByteHasChangedIsPreparedAgain() throws IOException {
    String id = preparer.prepare(spec, SILENT).id();
    Path shard = new PreparedStore(root).folder(id).resolve("train-000.npy");
    byte[] whole = Files.readAllBytes(shard);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(shard, damaged);
    assertEquals(id, preparer.prepare(spec, SILENT).id());
    assertArrayEquals(whole, Files.readAllBytes(shard));
    for (String file : List.of("index.csv", "split.json")) {
      Path text = new PreparedStore(root).folder(id).resolve(file);
      String written = Files.readString(text);
      Files.writeString(text, written.replace("phantom_00003", "phantom_00004"));
      assertEquals(id, preparer.prepare(spec, SILENT).id());
      assertEquals(written, Files.readString(text));
    }
  }

  @Test
  void openSetIsReadOnAfterItsFilesAreDeleted() throws IOException {
    PreparedSet set = TestSets.prepared(spec, root);
    Image first = set.image(0);
    new Disk().delete(new PreparedStore(root).folder(set.dataset().id()));
    assertEquals(first, set.image(0));
  }

  @Test
  void listenerThatThrowsEndsThePreparingAndLeavesNothing() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            preparer.prepare(
                spec,
                (done, total) -> {
                  if (done == 10) {
                    throw new IllegalStateException("cancelled");
                  }
                }));
    assertEquals(List.of(), TestSets.entries(root));
  }

  @Test
  void manyThreadsPrepareOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    AtomicInteger images = new AtomicInteger();
    Callable<String> task =
        () ->
            preparer
                .prepare(
                    spec,
                    (done, total) -> {
                      if (done > 0) {
                        images.incrementAndGet();
                      }
                    })
                .id();
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(pool.submit(task));
    }
    for (Future<String> one : all) {
      assertEquals(all.get(0).get(), one.get());
    }
    pool.shutdown();
    assertEquals(30, images.get());
    assertEquals(List.of(all.get(0).get()), TestSets.entries(root));
  }

  @Test
  void fullDiskIsCalledThat() {
    IOException full =
        assertThrows(
            IOException.class,
            () -> {
              try (OutputStream out = Files.newOutputStream(Path.of("/dev/full"))) {
                out.write(1);
              }
            });
    assertEquals(ErrorCode.DISK_FULL, DiskErrors.describe(full, "writing").code());
    assertEquals(ErrorCode.IO_FAILED, DiskErrors.describe(new IOException("x"), "writing").code());
  }

  @Test
  void idThatIsNoHashFindsNothing() {
    PreparedStore store = new PreparedStore(root);
    assertThrows(MedtransException.class, () -> store.folder("../../etc"));
    assertFalse(store.find("0".repeat(64)).isPresent());
  }
}
