package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
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
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.prepare.PreparedSet;

class ContactSheetTest {
  private static final Transforms CROP =
      TestSets.transforms(
          """
          {"RandomResizedCrop": {"apply": true, "size": 10, "scale": [0.2, 0.9]},
           "ColorJitter": {"apply": true, "brightness": 0.4, "p": 1}, "Normalize": true}
          """);
  private static final Transforms RAW =
      TestSets.transforms(
          """
          {"RandomResizedCrop": {"apply": true, "size": 10, "scale": [0.2, 0.9]},
           "ColorJitter": {"apply": true, "brightness": 0.4, "p": 1}, "Normalize": false}
          """);
  private static final Transforms SMALL =
      TestSets.transforms(
          "{\"RandomResizedCrop\": {\"apply\": true, \"size\": 6, \"scale\": [1, 1]}}");

  @TempDir static Path folder;
  private static PreparedSet set;

  @BeforeAll
  static void prepare() throws IOException {
    TestSets.phantom(folder);
    set =
        TestSets.prepared(
            TestSets.spec(DatasetName.APTOS2019, folder, TestSets.RESIZE_20),
            folder.resolve("sets"));
  }

  private static Batcher batcher(Split split, Transforms... views) {
    return new Batcher(
        set, new LoaderSpec(set.dataset().id(), split, List.of(views), 1, false, false, 7));
  }

  @Test
  void eachRowIsASampleAndEachColumnAViewAsTheEpochsBatchesHaveThem() {
    Batcher batcher = batcher(Split.TRAIN, RAW, SMALL);
    Image sheet = batcher.contactSheet(4, 3);
    assertEquals("Image[38 x 20 x 3]", sheet.toString());
    for (int epoch = 0; epoch < 3; epoch++) {
      float[] view = PixelViews.floats(batcher.batch(epoch, 4), 0).floats();
      float[] small = PixelViews.floats(batcher.batch(epoch, 4), 1).floats();
      for (int c = 0; c < 3; c++) {
        assertEquals(view[c * 100 + 37], sheet.at(epoch * 14 + 3, 7, c) / 255f);
        assertEquals(small[c * 36 + 6 * 2 + 1], sheet.at(epoch * 14 + 2 + 2, 14 + 1, c) / 255f);
      }
    }
    assertEquals(255, sheet.at(11, 3, 0), "between the samples");
    assertEquals(255, sheet.at(1, 15, 0), "around a smaller view");
  }

  @Test
  void pixelsAreThoseBeforeNormalisation() {
    assertEquals(
        batcher(Split.TRAIN, RAW).contactSheet(2, 4),
        batcher(Split.TRAIN, CROP).contactSheet(2, 4));
  }

  @Test
  void samplesOfOneViewFillASquare() {
    assertEquals("Image[38 x 38 x 3]", batcher(Split.TRAIN, RAW).contactSheet(0, 7).toString());
    assertEquals("Image[10 x 10 x 3]", batcher(Split.TRAIN, RAW).contactSheet(0, 1).toString());
  }

  @Test
  void whatIsErasedHasTheColourOfItsNormalisedValue() {
    Transforms erasing =
        TestSets.transforms(
            """
            {"Normalize": true, "RandomErasing": {"apply": true, "scale": [0.3, 0.3],
             "ratio": [1, 1], "value": 0, "p": 1}}
            """);
    Image sheet = batcher(Split.TRAIN, erasing).contactSheet(0, 1);
    Image plain = batcher(Split.TRAIN, TestSets.NONE).contactSheet(0, 1);
    // 0 is the data set's mean: 0.415, 0.221, 0.073 of 255.
    byte[] mean = {106, 56, 19};
    int changed = 0;
    for (int i = 0; i < sheet.data().length; i += 3) {
      byte[] pixel = {sheet.data()[i], sheet.data()[i + 1], sheet.data()[i + 2]};
      if (pixel[0] != plain.data()[i] || pixel[1] != plain.data()[i + 1]) {
        assertArrayEquals(mean, pixel);
        changed++;
      }
    }
    assertEquals(12 * 12, changed, "0.3 of 20 x 24 pixels is a square of 12");
  }

  @Test
  void imagesOfOtherSplitsAndSheetsTooLargeAreRefused() {
    MedtransException other =
        assertThrows(MedtransException.class, () -> batcher(Split.VAL, RAW).contactSheet(4, 1));
    assertEquals(ErrorCode.NOT_FOUND, other.code());
    assertEquals("there is no image 4 in split val, which has 21 to 24", other.getMessage());
    Transforms large =
        TestSets.transforms(
            "{\"CenterCrop\": {\"apply\": true, \"height\": 2048, \"width\": 2048}}");
    MedtransException tooLarge =
        assertThrows(MedtransException.class, () -> batcher(Split.VAL, large).contactSheet(21, 5));
    assertEquals(ErrorCode.INVALID_REQUEST, tooLarge.code());
  }
}
