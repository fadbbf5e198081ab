package org.medtransformers.imaging.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;

/** A folder of broken, hostile and odd images among 30 ordinary ones. */
class OddImagesTest {
  private static final String TOO_LONG = "x".repeat(300);
  private static final Set<String> GOOD =
      Set.of(
          "jpeg-named-png",
          "one-pixel",
          "thin",
          "inks",
          "sixteen-bits",
          "palette-with-alpha",
          "zwei Wörter 眼底",
          "two\nlines",
          "n".repeat(200));

  /** What is wrong, by id. */
  private static final Map<String, String> BAD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("truncated-jpeg", "cannot be read"),
              Map.entry("truncated-png", "cannot be read"),
              Map.entry("empty", "neither PNG, JPEG, PGM, PPM nor DICOM"),
              Map.entry("text", "neither PNG, JPEG, PGM, PPM nor DICOM"),
              Map.entry("huge", "60000"),
              Map.entry("bomb", "more image data than its header"),
              Map.entry("folder", "it is not a regular file"),
              Map.entry("link-out", "leads outside the allowed roots"),
              Map.entry("loop", "cannot be read"),
              Map.entry("missing", "there is no such file"),
              Map.entry(TOO_LONG, "File name too long")));

  @TempDir Path location;
  @TempDir Path root;
  @TempDir Path elsewhere;

  private Path images;
  private PrepareSpec spec;

  @BeforeEach
  void fill() throws IOException {
    TestSets.phantom(location);
    images = location.resolve("APTOS2019/train_images");
    StringBuilder csv = new StringBuilder();
    for (String id : union(GOOD, BAD.keySet())) {
      csv.append('"').append(id).append("\",1\n");
    }
    Files.writeString(
        location.resolve("APTOS2019/train.csv"), csv.toString(), StandardOpenOption.APPEND);
    spec = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
    writeGood();
    writeBad();
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private void writeGood() throws IOException {
    BufferedImage colour = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    colour.setRGB(3, 4, Color.ORANGE.getRGB());
    put("jpeg-named-png", encoded(colour, "jpeg"));
    put("one-pixel", png(1, 1));
    put("thin", png(1, 5000));
    put("inks", inks());
    put("sixteen-bits", encoded(new BufferedImage(33, 21, BufferedImage.TYPE_USHORT_GRAY), "png"));
    byte[] levels = {0, (byte) 255};
    IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels, new byte[] {0, 9});
    put(
        "palette-with-alpha",
        encoded(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette), "png"));
    put("zwei Wörter 眼底", encoded(colour, "png"));
    put("two\nlines", encoded(colour, "png"));
    put("n".repeat(200), encoded(colour, "png"));
  }

  private void writeBad() throws IOException {
    byte[] jpeg = encoded(new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB), "jpeg");
    put("truncated-jpeg", Arrays.copyOf(jpeg, jpeg.length - 400));
    byte[] png = png(50, 50);
    put("truncated-png", Arrays.copyOf(png, png.length - 20));
    put("empty", new byte[0]);
    put("text", "id,label".getBytes(UTF_8));
    put("huge", withSize(png, 60_000));
    put("bomb", withSize(png(2000, 2000), 1));
    Files.createDirectory(images.resolve("folder.png"));
    Path secret = Files.write(elsewhere.resolve("secret.png"), png);
    Files.createSymbolicLink(images.resolve("link-out.png"), secret);
    Files.createSymbolicLink(images.resolve("loop.png"), images.resolve("loop.png"));
  }

  private void put(String id, byte[] bytes) throws IOException {
    Files.write(images.resolve(id + ".png"), bytes);
  }

  private static byte[] png(int width, int height) throws IOException {
    return encoded(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  private static byte[] encoded(RenderedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, bytes));
    return bytes.toByteArray();
  }

  /** A JPEG of four components. */
  private static byte[] inks() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(Raster.createInterleavedRaster(0, 16, 16, 4, null), null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The same file, its header claiming a square of another size. */
  private static byte[] withSize(byte[] png, int size) {
    byte[] result = png.clone();
    int header = 12;
    ByteBuffer buffer = ByteBuffer.wrap(result).putInt(header + 4, size).putInt(header + 8, size);
    CRC32 crc = new CRC32();
    crc.update(result, header, 17);
    buffer.putInt(header + 17, (int) crc.getValue());
    return result;
  }

  @Test
  void withSkipEveryGoodImageIsPreparedAndEveryBadOneListedWithItsReason() {
    PreparedSet set = TestSets.prepared(TestSets.skipping(spec), root);
    Set<String> prepared = set.rows().stream().map(IndexRow::id).collect(Collectors.toSet());
    assertEquals(Set.of(), difference(GOOD, prepared));
    assertEquals(30 + GOOD.size(), prepared.size());
    Map<String, String> skipped =
        set.manifest().skipped().stream()
            .collect(
                Collectors.toMap(
                    OddImagesTest::id, Manifest.BadImage::reason, (a, b) -> a, TreeMap::new));
    assertEquals(BAD.keySet(), skipped.keySet());
    BAD.forEach((id, reason) -> assertTrue(skipped.get(id).contains(reason), skipped.get(id)));
    assertEquals(BAD.size(), set.dataset().skipped());
    assertEquals(
        prepared.size(),
        set.manifest().classCounts().values().stream()
            .flatMap(List::stream)
            .mapToInt(Integer::intValue)
            .sum());
    String warning = set.dataset().warnings().get(0);
    assertTrue(
        warning.startsWith(
            "APTOS2019: images left out because they could not be read: " + BAD.size()),
        warning);
    assertEquals(1, warning.lines().count());
  }

  private static String id(Manifest.BadImage bad) {
    return bad.source().replaceFirst("train_images/", "").replaceFirst("\\.png$", "");
  }

  private static Set<String> difference(Set<String> some, Set<String> others) {
    return some.stream().filter(s -> !others.contains(s)).collect(Collectors.toSet());
  }

  @Test
  void withFailAllOfThemAreNamedAndNothingIsLeft() throws IOException {
    MedtransException e = assertThrows(MedtransException.class, () -> prepare(Function.identity()));
    BAD.forEach((id, reason) -> assertTrue(e.getMessage().contains(id + ".png"), e.getMessage()));
    assertEquals(List.of(), TestSets.entries(root));
  }

  @Test
  void linkOutOfTheRootsIsNeverRead() throws IOException {
    Files.writeString(
        location.resolve("APTOS2019/train.csv"),
        "id_code,diagnosis\nlink-out,1\nphantom_00001,0\nphantom_00002,0\nphantom_00003,0\n");
    MedtransException e = assertThrows(MedtransException.class, () -> prepare(Function.identity()));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, e.code());
    assertTrue(e.getMessage().contains("link-out.png is a link that leads "), e.getMessage());
  }

  private List<IndexRow> onlyPhantom(Path where) throws IOException {
    Files.delete(location.resolve("APTOS2019/train.csv"));
    TestSets.phantom(location);
    return TestSets.prepared(spec, where).rows();
  }

  @Test
  void skippingTheLastImageOfAPartOrTheLastTrainingImageOfAClassIsAnError() throws IOException {
    List<IndexRow> rows = onlyPhantom(root.resolve("whole"));
    for (IndexRow row : rows.subList(25, 30)) {
      put(row.id(), new byte[0]);
    }
    MedtransException part =
        assertThrows(MedtransException.class, () -> prepare(TestSets::skipping));
    assertEquals(ErrorCode.DATASET_INVALID, part.code());
    assertTrue(part.getMessage().contains("none of the 5 test images is left"), part.getMessage());

    for (IndexRow row : onlyPhantom(root.resolve("whole")).subList(0, 21)) {
      if (row.classes().contains(4)) {
        put(row.id(), new byte[0]);
      }
    }
    MedtransException label =
        assertThrows(MedtransException.class, () -> prepare(TestSets::skipping));
    assertTrue(
        label.getMessage().contains("training images of class Proliferative DR is left"),
        label.getMessage());
    assertEquals(List.of("whole"), TestSets.entries(root));
  }

  private void prepare(Function<PrepareSpec, PrepareSpec> how) {
    TestSets.prepared(how.apply(spec), root);
  }
}
