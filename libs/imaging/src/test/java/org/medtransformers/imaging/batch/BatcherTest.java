package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;

class BatcherTest {
  private static final Transforms PLAIN = TestSets.RESIZE_20;
  private static final Transforms AUGMENTED =
      TestSets.transforms(
          """
          {"Resize": {"apply": true, "height": 20, "width": 24},
           "RandomResizedCrop": {"apply": true, "size": 16, "scale": [0.8, 1.2]},
           "VerticalFlip": {"apply": true, "p": 0.5},
           "HorizontalFlip": {"apply": true, "p": 0.5},
           "ColorJitter": {"apply": true, "brightness": 0.2, "contrast": 0.2,
                           "saturation": 0.1, "hue": 0.1, "p": 0.8},
           "Normalize": true}
          """);

  @TempDir static Path folder;
  private static PreparedSet set;

  @BeforeAll
  static void prepare() throws IOException {
    TestSets.phantom(folder);
    set =
        TestSets.prepared(
            TestSets.spec(DatasetName.APTOS2019, folder, PLAIN), folder.resolve("sets"));
  }

  @Test
  void plainBatchHoldsThePixelsDividedBy255ChannelsFirst() {
    Safetensors batch = new Batcher(set, spec(List.of(PLAIN), 8, false, false)).batch(0, 1);
    Tensor view = PixelViews.floats(batch, 0);
    assertEquals(List.of(8L, 3L, 20L, 24L), view.shape());
    assertArrayEquals(new long[] {8, 9, 10, 11, 12, 13, 14, 15}, batch.get("index").longs());
    float[] values = view.floats();
    Image image = set.image(8);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 24; x++) {
          assertEquals(image.at(y, x, c) / 255f, values[(c * 20 + y) * 24 + x]);
        }
      }
    }
    assertEquals(set.rows().get(8).classes().get(0).longValue(), batch.get("label").longs()[0]);
  }

  @Test
  void aBatchOfMoreBytesThanAllowedIsRefused() {
    Batcher batcher = new Batcher(set, spec(List.of(PLAIN, PLAIN), 8, false, false));
    long bytes = 2 * 8 * 3 * 20 * 24;
    assertEquals(
        batcher.batch(0, 0).encode(), batcher.batch(0, 0, new Bounds(bytes, () -> false)).encode());
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> batcher.batch(0, 0, new Bounds(bytes - 1, () -> false)));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
  }

  @Test
  void aBatchThatNobodyWaitsForIsNotMadeToItsEnd() {
    Batcher batcher = new Batcher(set, spec(List.of(PLAIN), 8, false, false));
    AtomicInteger asked = new AtomicInteger();
    Bounds bounds = new Bounds(1 << 20, () -> asked.incrementAndGet() == 3);
    assertThrows(CancellationException.class, () -> batcher.batch(0, 0, bounds));
    assertEquals(3, asked.get());
  }

  @Test
  void lastBatchIsShortOrDropped() {
    Batcher kept = new Batcher(set, spec(List.of(PLAIN), 8, false, false));
    assertEquals(3, kept.info().batches());
    assertEquals(21, kept.info().images());
    assertEquals(List.of(5L, 3L, 20L, 24L), kept.batch(0, 2).get("view.0").shape());
    Batcher dropped = new Batcher(set, spec(List.of(PLAIN), 8, true, true));
    assertEquals(2, dropped.info().batches());
    assertEquals(16, dropped.info().images());
    refused(ErrorCode.NOT_FOUND, () -> dropped.batch(0, 2));
    refused(ErrorCode.NOT_FOUND, () -> dropped.batch(-1, 0));
  }

  @Test
  void shuffledEpochServesEveryImageOnceInANewOrder() {
    Batcher batcher = new Batcher(set, spec(List.of(PLAIN), 8, true, false));
    List<Long> first = epoch(batcher, 0);
    List<Long> second = epoch(batcher, 1);
    assertEquals(
        IntStream.range(0, 21).mapToObj(Long::valueOf).toList(), first.stream().sorted().toList());
    assertNotEquals(first, second);
    assertEquals(first.stream().sorted().toList(), second.stream().sorted().toList());
  }

  private static List<Long> epoch(Batcher batcher, int epoch) {
    List<Long> images = new ArrayList<>();
    for (int b = 0; b < batcher.info().batches(); b++) {
      Arrays.stream(batcher.batch(epoch, b).get("index").longs()).forEach(images::add);
    }
    return images;
  }

  @Test
  void sameBytesFromAnotherInstanceAndAnyNumberOfThreads() throws Exception {
    LoaderSpec spec = spec(List.of(AUGMENTED, PLAIN), 4, true, false);
    Batcher one = new Batcher(set, spec);
    Batcher other =
        new Batcher(
            PreparedSet.open(new PreparedStore(folder.resolve("sets")).folder(set.dataset().id())),
            spec);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<ByteBuffer>> parallel = new ArrayList<>();
    for (int b = 0; b < 6; b++) {
      int batch = b;
      parallel.add(pool.submit(() -> other.batch(3, batch).encode()));
    }
    for (int b = 0; b < 6; b++) {
      assertEquals(one.batch(3, b).encode(), parallel.get(b).get());
    }
    pool.shutdown();
  }

  @Test
  void anImagesAugmentationDoesNotDependOnItsBatch() {
    Batcher small = new Batcher(set, spec(List.of(AUGMENTED), 3, false, false));
    Batcher large = new Batcher(set, spec(List.of(AUGMENTED), 21, false, false));
    float[] alone = PixelViews.floats(small.batch(5, 2), 0).floats();
    float[] together = PixelViews.floats(large.batch(5, 0), 0).floats();
    int size = 3 * 16 * 16;
    assertArrayEquals(alone, Arrays.copyOfRange(together, 6 * size, 9 * size));
  }

  @Test
  void epochSeedAndViewChangeTheAugmentation() {
    Batcher batcher = new Batcher(set, spec(List.of(AUGMENTED, AUGMENTED), 21, false, false));
    Tensor here = batcher.batch(0, 0).get("view.0");
    assertNotEquals(here.data(), batcher.batch(1, 0).get("view.0").data());
    assertNotEquals(here.data(), batcher.batch(0, 0).get("view.1").data());
    LoaderSpec reseeded =
        new LoaderSpec(set.dataset().id(), Split.TRAIN, List.of(AUGMENTED), 21, false, false, 99);
    assertNotEquals(here.data(), new Batcher(set, reseeded).batch(0, 0).get("view.0").data());
  }

  @Test
  void switchingOneTransformOnLeavesTheDrawsOfTheOthers() {
    Transforms flip = TestSets.transforms("{\"HorizontalFlip\": {\"apply\": true, \"p\": 0.5}}");
    Transforms flipAndNothing =
        TestSets.transforms(
            """
            {"HorizontalFlip": {"apply": true, "p": 0.5},
             "RandomRotation": {"apply": true, "angle": 90, "p": 0},
             "VerticalFlip": {"apply": true, "p": 0}}
            """);
    assertEquals(
        new Batcher(set, spec(List.of(flip), 21, false, false)).batch(0, 0).get("view.0").data(),
        new Batcher(set, spec(List.of(flipAndNothing), 21, false, false))
            .batch(0, 0)
            .get("view.0")
            .data());
  }

  @Test
  void multiCropGivesOneViewPerCrop() {
    Transforms crops =
        TestSets.transforms(
            """
            {"Resize": {"apply": true, "height": 20, "width": 24},
             "MultiCrop": {"apply": true, "n_crops": [2, 3], "sizes": [16, 8],
                           "scales": [[0.4, 1], [0.05, 0.4]]},
             "RandomResizedCrop": {"apply": true, "size": 5, "scale": [0.8, 1.2]},
             "HorizontalFlip": {"apply": true, "p": 0.5}}
            """);
    Safetensors batch = new Batcher(set, spec(List.of(crops), 4, true, true)).batch(0, 0);
    assertEquals(
        List.of("view.0", "values.0", "view.1"),
        List.copyOf(batch.tensors().keySet()).subList(0, 3));
    assertEquals(5 + 5 + 2, batch.tensors().size());
    assertEquals(List.of(4L, 3L, 16L, 16L), batch.get("view.1").shape());
    assertEquals(List.of(4L, 3L, 8L, 8L), batch.get("view.4").shape());
    assertNotEquals(batch.get("view.2").data(), batch.get("view.3").data());
  }

  @Test
  void binaryLabelsAreAColumnOfFloats() throws IOException {
    Path ddsm = folder.resolve("DDSM");
    Files.createDirectories(ddsm.resolve("ddsm_raw"));
    Files.createDirectories(ddsm.resolve("ddsm_raw_image_lists"));
    for (String part : List.of("train", "val", "test")) {
      Files.writeString(
          ddsm.resolve("ddsm_raw_image_lists/" + part + ".txt"),
          "normal_" + part + ".png\ncancer_" + part + ".png\n");
      for (String kind : List.of("normal", "cancer")) {
        Files.write(
            ddsm.resolve("ddsm_raw/%s_%s.png".formatted(kind, part)),
            PngEncoder.encode(Image.black(20, 24, 1)));
      }
    }
    PreparedSet binary =
        TestSets.prepared(TestSets.spec(DatasetName.DDSM, folder, PLAIN), folder.resolve("sets"));
    LoaderSpec spec =
        new LoaderSpec(binary.dataset().id(), Split.VAL, List.of(PLAIN), 2, false, false, 0);
    Safetensors batch = new Batcher(binary, spec).batch(0, 0);
    assertEquals(List.of(2L, 1L), batch.get("label").shape());
    assertArrayEquals(new float[] {0, 1}, batch.get("label").floats());
    assertEquals(List.of(2L, 1L, 20L, 24L), batch.get("view.0").shape());
  }

  @Test
  void imagesOfDifferentSizesAreRefusedByName() throws IOException {
    Path other = Files.createDirectory(folder.resolve("odd"));
    TestSets.phantom(other);
    Files.write(
        other.resolve("APTOS2019/train_images/phantom_00001.png"),
        PngEncoder.encode(Image.black(9, 9, 3)));
    PreparedSet odd =
        TestSets.prepared(
            TestSets.spec(DatasetName.APTOS2019, other, TestSets.NONE), folder.resolve("sets"));
    Batcher whole =
        new Batcher(
            odd,
            new LoaderSpec(
                odd.dataset().id(), Split.TRAIN, List.of(TestSets.NONE), 21, false, false, 0));
    MedtransException e = refused(ErrorCode.INVALID_REQUEST, () -> whole.batch(0, 0));
    assertTrue(e.getMessage().contains("phantom_"), e.getMessage());
    Batcher resizing =
        new Batcher(
            odd,
            new LoaderSpec(odd.dataset().id(), Split.TRAIN, List.of(PLAIN), 21, false, false, 0));
    assertEquals(List.of(21L, 3L, 20L, 24L), resizing.batch(0, 0).get("view.0").shape());
  }

  @Test
  void loaderThatDoesNotFitIsRefused() {
    refused(ErrorCode.INVALID_REQUEST, () -> new Batcher(set, spec(List.of(PLAIN), 0, true, true)));
    refused(ErrorCode.INVALID_REQUEST, () -> new Batcher(set, spec(List.of(), 4, true, true)));
    Transforms larger =
        TestSets.transforms("{\"Resize\": {\"apply\": true, \"height\": 32, \"width\": 32}}");
    refused(
        ErrorCode.INVALID_REQUEST, () -> new Batcher(set, spec(List.of(larger), 4, true, true)));
  }

  @Test
  void equalDescriptionsHaveOneIdAndDifferentOnesDoNot() {
    LoaderSpec spec = spec(List.of(AUGMENTED), 4, true, false);
    assertEquals(Batcher.id(spec), Batcher.id(spec(List.of(AUGMENTED), 4, true, false)));
    assertNotEquals(Batcher.id(spec), Batcher.id(spec(List.of(PLAIN), 4, true, false)));
    assertNotEquals(Batcher.id(spec), Batcher.id(spec(List.of(AUGMENTED), 4, true, true)));
  }

  private static MedtransException refused(ErrorCode code, Executable action) {
    MedtransException e = assertThrows(MedtransException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    return e;
  }

  private static LoaderSpec spec(
      List<Transforms> views, int batchSize, boolean shuffle, boolean dropLast) {
    return new LoaderSpec(set.dataset().id(), Split.TRAIN, views, batchSize, shuffle, dropLast, 7);
  }
}
