package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Layouts;

class DataCheckTest {
  @TempDir Path location;
  @TempDir Path root;

  private CheckReport report() {
    List<DatasetListing> found = Layouts.in(location);
    assertEquals(1, found.size());
    return new DataCheck(ImageLimits.DEFAULT, 2, (done, total) -> {}).of(found.get(0), null);
  }

  private Path image(String name) {
    return location.resolve("APTOS2019/train_images/" + name + ".png");
  }

  @Test
  void aCleanSetHasNoProblemAndSaysWhatIsInIt() throws IOException {
    TestSets.phantom(location, 64);
    CheckReport report = report();
    assertEquals(List.of(), report.problems());
    assertEquals("APTOS2019", report.dataset());
    assertEquals(new SplitSizes(21, 4, 5), report.images());
    assertEquals(5, report.classes().size());
    int labelled =
        report.classCounts().values().stream()
            .flatMap(List::stream)
            .mapToInt(Integer::intValue)
            .sum();
    assertEquals(30, labelled);
    assertEquals(new CheckReport.Groups(0, 30, 0), report.groups());
    assertEquals(
        new CheckReport.Sizes(1, "64 x 64", 30, "64 x 64", "64 x 64", 64, 0, List.of()),
        report.sizes());
  }

  /** What is told before preparing is what preparing tells. */
  @Test
  void splitAndDuplicatesAreThoseOfThePreparedSet() throws IOException {
    TestSets.phantom(location, 64);
    Files.write(image("phantom_00003"), Files.readAllBytes(image("phantom_00004")));
    Files.write(image("phantom_00005"), Files.readAllBytes(image("phantom_00006")));
    CheckReport report = report();
    PreparedSet set =
        TestSets.prepared(TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20), root);
    assertEquals(set.dataset().split(), report.split());
    assertEquals(set.manifest().classCounts(), report.classCounts());
    assertEquals(2, report.duplicates().files());
    assertEquals(set.manifest().statistics().duplicates(), report.duplicates());
    assertEquals(set.manifest().statistics().nearDuplicates(), report.nearDuplicates());
    assertEquals(
        set.dataset().warnings(),
        Stream.concat(report.problems().stream(), report.notices().stream()).toList());
  }

  @Test
  void imagesThatCannotBeReadAreAllNamedAndTheRestIsLookedAt() throws IOException {
    TestSets.phantom(location, 64);
    Files.delete(image("phantom_00007"));
    Files.writeString(image("phantom_00008"), "no image");
    CheckReport report = report();
    assertEquals(2, report.unreadable());
    assertEquals(28, report.images().train() + report.images().val() + report.images().test());
    assertEquals(1, report.problems().size());
    assertTrue(
        report.problems().get(0).startsWith("APTOS2019: images that cannot be read: 2 ("),
        report.problems().toString());
  }

  @Test
  void oddSizesAndUnusedRangeAreNotices() throws IOException {
    for (int i = 0; i < 12; i++) {
      Path folder = Files.createDirectories(location.resolve(i % 2 == 0 ? "a" : "b"));
      Files.write(folder.resolve(i + ".png"), PngEncoder.encode(dark(i == 3 ? 200 : 32, i)));
    }
    CheckReport report = report();
    assertEquals("ImageFolder", report.dataset());
    assertEquals(2, report.sizes().different());
    assertEquals(List.of("b/3.png (32 x 200)"), report.sizes().oddExamples());
    assertEquals(15, report.range().highest());
    assertEquals(12, report.range().narrow());
    assertEquals(
        List.of(
            "ImageFolder: no pixel exceeds 15 of 255, as when 12 bits stand in 16",
            "ImageFolder: images of odd size or shape: 1 (b/3.png (32 x 200))"),
        report.notices().stream().filter(n -> n.contains("pixel") || n.contains("odd")).toList());
  }

  /** Values of 0 to 15, in another order in each image. */
  private static Image dark(int height, int number) {
    byte[] pixels = new byte[height * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * (2 * number + 3) % 31 / 2);
    }
    return new Image(pixels, height, 32, 1);
  }
}
