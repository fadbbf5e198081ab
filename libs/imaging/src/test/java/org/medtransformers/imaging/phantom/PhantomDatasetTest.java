package org.medtransformers.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.imaging.Image;

class PhantomDatasetTest {
  @TempDir Path folder;

  @Test
  void sameSeedDrawsSameFilesAndAnotherSeedOthers() throws IOException {
    new PhantomDataset(10, 48, 3).write(folder.resolve("a"));
    new PhantomDataset(10, 48, 3).write(folder.resolve("b"));
    new PhantomDataset(10, 48, 4).write(folder.resolve("c"));
    Path image = Path.of("APTOS2019/train_images/phantom_00006.png");
    byte[] bytes = Files.readAllBytes(folder.resolve("a").resolve(image));
    assertEquals(
        Json.write(bytes), Json.write(Files.readAllBytes(folder.resolve("b").resolve(image))));
    assertNotEquals(
        Json.write(bytes), Json.write(Files.readAllBytes(folder.resolve("c").resolve(image))));
  }

  @Test
  void secondWritingLeavesTheFilesAlone() throws IOException {
    new PhantomDataset(5, 32, 3).write(folder);
    Path image = folder.resolve("APTOS2019/train_images/phantom_00000.png");
    Files.setLastModifiedTime(image, FileTime.fromMillis(12_345_000));
    new PhantomDataset(5, 32, 3).write(folder);
    assertEquals(12_345_000, Files.getLastModifiedTime(image).toMillis());
    new PhantomDataset(6, 32, 3).write(folder);
    assertNotEquals(12_345_000, Files.getLastModifiedTime(image).toMillis());
  }

  @Test
  void folderSaysThatItIsSyntheticAndGradesAreEquallyMany() throws IOException {
    new PhantomDataset(25, 32, 3).write(folder);
    assertTrue(Files.readString(folder.resolve("APTOS2019/SYNTHETIC.txt")).contains("synthetic"));
    List<String> lines = Files.readAllLines(folder.resolve("APTOS2019/train.csv"));
    for (int grade = 0; grade < 5; grade++) {
      String ending = "," + grade;
      assertEquals(5, lines.stream().filter(l -> l.endsWith(ending)).count());
    }
  }

  /** A grade without any trace in the pixels could not be learnt; dark red is blood. */
  @Test
  void bleedingGrowsFromGradeZeroToThree() {
    PhantomDataset phantom = new PhantomDataset(40, 128, 5);
    double[] bloody =
        IntStream.range(0, 4)
            .mapToDouble(
                grade ->
                    IntStream.range(0, 10)
                        .mapToDouble(i -> darkPart(phantom.image(grade, grade * 10 + i)))
                        .average()
                        .orElseThrow())
            .toArray();
    for (int grade = 1; grade < 4; grade++) {
      assertTrue(bloody[grade] > 1.2 * bloody[grade - 1], Json.write(bloody));
    }
  }

  private static double darkPart(Image image) {
    long dark =
        IntStream.range(0, image.height() * image.width())
            .filter(i -> red(image, i) > 40 && red(image, i) < 110)
            .count();
    return (double) dark / (image.height() * image.width());
  }

  private static int red(Image image, int pixel) {
    return image.data()[pixel * 3] & 0xFF;
  }
}
