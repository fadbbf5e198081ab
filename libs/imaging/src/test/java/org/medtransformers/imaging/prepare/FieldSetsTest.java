package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;

/** What is told of folders of images when they are prepared. */
class FieldSetsTest {
  private static final String PLAIN = "{'split': {'kind': 'seed-compatible'}}";

  @TempDir Path location;
  @TempDir Path root;

  private PreparedSet prepared(String options) {
    PrepareSpec plain = TestSets.spec(DatasetName.IMAGE_FOLDER, location, TestSets.NONE);
    return TestSets.prepared(
        new PrepareSpec(
            plain.dataset(), Json.read(options.replace('\'', '"'), RunConfig.Medtrans.class)),
        root);
  }

  /** Images of 12 bits in {@code folder}, from black to 4095. */
  private void images(String folder, int count) throws IOException {
    Path path = Files.createDirectories(location.resolve("ImageFolder").resolve(folder));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
      image.getRaster().setSample(i % 4, folder.hashCode() & 3, 0, 4095 - i);
      image.getRaster().setSample(i / 4, 3, 0, 2000 + i);
      ImageIO.write(image, "png", path.resolve(i + ".png").toFile());
    }
  }

  private static void assertTold(PreparedSet set, String... parts) {
    String warnings = String.join("\n", set.dataset().warnings());
    for (String part : parts) {
      assertTrue(warnings.contains(part), warnings);
    }
  }

  @Test
  void twelveBitsInSixteenAreToldAndScaledWhereTheFileSaysTheBits() throws IOException {
    images("a", 10);
    images("b", 10);
    PreparedSet sixteen = prepared("{'image_folder': {'channels': 1}}");
    assertTold(
        sixteen,
        "ImageFolder: 20 images use 12 of 16 bits (values up to 4095), a sixteenth of their range,"
            + " and are dark; medtrans.bits 12 scales them by what they use");
    PreparedSet twelve = prepared("{'image_folder': {'channels': 1}, 'bits': 12}");
    assertEquals(
        List.of(), twelve.dataset().warnings().stream().filter(w -> w.contains("bits")).toList());
    assertEquals(
        16 * sixteen.dataset().description().mean().get(0),
        twelve.dataset().description().mean().get(0),
        0.01);
    MedtransException e = assertThrows(MedtransException.class, () -> prepared("{'bits': 11}"));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
  }

  @Test
  void bitsOfImagesWithoutMoreThanEightAreTold() throws IOException {
    TestSets.phantom(location);
    PrepareSpec plain = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
    assertTold(
        TestSets.prepared(
            new PrepareSpec(plain.dataset(), Json.read("{\"bits\": 12}", RunConfig.Medtrans.class)),
            root),
        "medtrans.bits does nothing: no image has more than 8 bits");
  }

  @Test
  void partsOfOneClassAndMissingGroupsAreTold() throws IOException {
    images("train/a", 3);
    images("train/b", 3);
    images("val/a", 2);
    images("test/b", 2);
    assertTold(
        prepared(PLAIN),
        "all 2 val images show a: ROC-AUC and kappa are undefined there",
        "all 2 test images show b: ROC-AUC and kappa are undefined there",
        "no image has a patient or lesion id, so the official split keeps nothing together and "
            + UsedSplit.WITHOUT_GROUPS);
    images("train/c", 2);
    images("test/a", 2);
    assertTold(prepared(PLAIN), "no test image shows c: the macro means");
  }

  @Test
  void setThatCannotBeTestedIsRefusedWhenItIsPrepared() throws IOException {
    images("train/a", 2);
    images("train/b", 2);
    Files.createDirectories(location.resolve("ImageFolder/test/a"));
    MedtransException e = assertThrows(MedtransException.class, () -> prepared(PLAIN));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(
        e.getMessage()
            .contains(
                "found 4 training, 0 validation and 0 test images; allowed: at least one to train"
                    + " and one to test"),
        e.getMessage());
  }

  @Test
  void groupsReachTheIndex() throws IOException {
    images("a", 10);
    images("b", 10);
    PreparedSet set =
        prepared(
            "{'split': {'kind': 'grouped', 'fractions': [0.6, 0.2, 0.2], 'group_pattern':"
                + " '/(?<group>[0-9])'}}");
    assertEquals(0, set.dataset().leakingGroups());
    set.rows().forEach(r -> assertEquals(r.id().substring(2, 3), r.group()));
  }
}
