package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.TestSets;

/** To which size images are kept. */
class PrepareSpecTest {
  private static final Transforms RESIZE_30 =
      TestSets.transforms("{\"Resize\": {\"apply\": true, \"height\": 30, \"width\": 30}}");
  private static final Size SIZE_20 = new Size(20, 24);
  private static final Size SIZE_30 = new Size(30, 30);

  @Test
  void aSplitHasTheSizeThatItsOwnViewsAskFor() {
    assertEquals(
        Map.of(Split.TRAIN, SIZE_30, Split.VAL, SIZE_20, Split.TEST, SIZE_20),
        spec(RESIZE_30, false).sizes());
  }

  /**
   * A validation's look at training images that were resized for training would see other pixels.
   */
  @Test
  void imagesThatOtherSplitsViewsLookAtTooKeepTheirOwnSizes() {
    assertEquals(Map.of(), spec(RESIZE_30, true).sizes());
    assertEquals(Map.of(), spec(TestSets.NONE, true).sizes());
  }

  @Test
  void oneSizeForAllIsKeptWhoeverLooks() {
    assertEquals(
        Map.of(Split.TRAIN, SIZE_20, Split.VAL, SIZE_20, Split.TEST, SIZE_20),
        spec(TestSets.RESIZE_20, true).sizes());
  }

  private static PrepareSpec spec(Transforms training, boolean acrossSplits) {
    RunConfig.DatasetParams dataset =
        new RunConfig.DatasetParams(
            DatasetName.APTOS2019,
            "data",
            List.of(training),
            List.of(TestSets.RESIZE_20),
            List.of(TestSets.RESIZE_20));
    return new PrepareSpec(dataset, TestSets.split(), acrossSplits);
  }
}
