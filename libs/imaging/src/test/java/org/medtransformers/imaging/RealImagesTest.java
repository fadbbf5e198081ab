package org.medtransformers.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.imaging.prepare.PreparedSet;

/** The three layouts as they come, where the machine has them. */
class RealImagesTest {
  private static final String LOCATION = System.getProperty("medtrans.testdata", "");

  @TempDir Path root;

  @BeforeEach
  void skipWithoutImages() {
    assumeFalse(LOCATION.isEmpty(), "-Dmedtrans.testdata names no folder of real images");
  }

  @Test
  void fundusPhotographs() {
    PreparedDataset dataset = prepare(DatasetName.APTOS2019).dataset();
    assertEquals(new SplitSizes(145, 30, 31), dataset.sizes());
    assertNull(dataset.leakingGroups());
  }

  @Test
  void dermoscopy() {
    assertEquals(new SplitSizes(180, 22, 23), prepare(DatasetName.ISIC2019).dataset().sizes());
  }

  @Test
  void greyImages() {
    PreparedSet set = prepare(DatasetName.DDSM);
    assertEquals(new SplitSizes(546, 78, 156), set.dataset().sizes());
    assertEquals(1, set.image(0).channels());
  }

  private PreparedSet prepare(DatasetName name) {
    return TestSets.prepared(
        TestSets.spec(
            name,
            Path.of(LOCATION),
            TestSets.transforms("{\"Resize\": {\"apply\": true, \"height\": 64, \"width\": 64}}")),
        root);
  }
}
