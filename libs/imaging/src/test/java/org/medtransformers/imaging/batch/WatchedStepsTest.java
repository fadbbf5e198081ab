package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.prepare.PreparedSet;

/** What is shown of an augmentation is what a training is given. */
class WatchedStepsTest {
  private static final Transforms TWO_KINDS_OF_CROPS =
      TestSets.transforms(
          """
          {"Resize": {"apply": true, "height": 20, "width": 24},
           "HorizontalFlip": {"apply": true, "p": 0.5},
           "RandomRotation": {"apply": true, "angle": 90, "p": 0.5},
           "ColorJitter": {"apply": true, "brightness": 0.2, "contrast": 0.2,
                           "saturation": 0.1, "hue": 0.1, "p": 0.8},
           "Normalize": true,
           "MultiCrop": {"apply": true, "n_crops": [2, 1], "sizes": [16, 8],
                         "scales": [[0.4, 1], [0.1, 0.4]]}}
          """);
  private static final Transforms ERASED =
      TestSets.transforms(
          """
          {"VerticalFlip": {"apply": true, "p": 1.0},
           "RandomErasing": {"apply": true, "p": 1.0, "scale": [0.1, 0.2], "ratio": [0.5, 2],
                             "value": 0}}
          """);

  @TempDir static Path folder;
  private static PreparedSet set;

  private record Step(String name, List<String> operations, Image after) {}

  @BeforeAll
  static void prepare() throws IOException {
    TestSets.phantom(folder);
    set =
        TestSets.prepared(
            TestSets.spec(DatasetName.APTOS2019, folder, TestSets.RESIZE_20),
            folder.resolve("sets"));
  }

  @Test
  void theLastStepIsWhatTheBatchOfThatEpochHolds() {
    Batcher batcher = batcher(TWO_KINDS_OF_CROPS);
    assertEquals(3, batcher.viewsOfAnImage());
    for (int epoch = 0; epoch < 5; epoch++) {
      Safetensors batch = batcher.batch(epoch, 0);
      for (int view = 0; view < 3; view++) {
        List<Step> steps = watch(batcher, 2, epoch, view);
        assertArrayEquals(
            planes(steps.get(steps.size() - 1).after()), row(batch, view, 2), "view " + view);
      }
    }
  }

  @Test
  void eachStepHasItsNameAndWhatItHasDrawn() {
    Batcher batcher = batcher(TWO_KINDS_OF_CROPS);
    int turned = 0;
    for (int epoch = 0; epoch < 20; epoch++) {
      List<Step> steps = watch(batcher, 2, epoch, 2);
      assertEquals(
          List.of("prepared", "MultiCrop", "HorizontalFlip", "RandomRotation", "ColorJitter"),
          steps.stream().map(Step::name).toList());
      assertEquals(set.image(2), steps.get(0).after());
      assertEquals(8, steps.get(1).after().height());
      Step rotation = steps.get(3);
      turned += rotation.operations().size();
      if (rotation.operations().isEmpty()) {
        assertEquals(steps.get(2).after(), rotation.after());
      } else {
        assertTrue(rotation.operations().get(0).startsWith("Rotation[degrees="));
      }
    }
    assertTrue(turned > 2 && turned < 18, "half of twenty, more or less: " + turned);
  }

  @Test
  void whatIsErasedIsSeenInTheLastStep() {
    List<Step> steps = watch(batcher(ERASED), 1, 0, 0);
    assertEquals(
        List.of("prepared", "VerticalFlip", "RandomErasing"),
        steps.stream().map(Step::name).toList());
    assertTrue(!steps.get(1).after().equals(steps.get(2).after()), "a rectangle is erased");
  }

  @Test
  void imagesAndViewsThatAreNotTheLoadersAreNotFound() {
    Batcher batcher = batcher(TWO_KINDS_OF_CROPS);
    for (int[] place : new int[][] {{21, 0}, {0, 3}, {0, -1}}) {
      MedtransException e =
          assertThrows(MedtransException.class, () -> watch(batcher, place[0], 0, place[1]));
      assertEquals(ErrorCode.NOT_FOUND, e.code());
    }
  }

  private static Batcher batcher(Transforms transforms) {
    return new Batcher(
        set,
        new LoaderSpec(set.dataset().id(), Split.TRAIN, List.of(transforms), 8, false, false, 5));
  }

  private static List<Step> watch(Batcher batcher, int image, int epoch, int view) {
    List<Step> steps = new ArrayList<>();
    batcher.watch(
        image,
        epoch,
        view,
        (name, operations, after) -> steps.add(new Step(name, operations, after)));
    return steps;
  }

  /** Bytes, channels first. */
  private static byte[] planes(Image image) {
    ByteBuffer planes = ByteBuffer.allocate(image.data().length);
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          planes.put((byte) image.at(y, x, c));
        }
      }
    }
    return planes.array();
  }

  private static byte[] row(Safetensors batch, int view, int row) {
    ByteBuffer data = batch.get("view." + view).data().duplicate();
    byte[] bytes = new byte[data.remaining() / 8];
    data.position(data.position() + row * bytes.length).get(bytes);
    return bytes;
  }
}
