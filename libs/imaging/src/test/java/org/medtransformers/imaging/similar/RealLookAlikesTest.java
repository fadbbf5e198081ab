package org.medtransformers.imaging.similar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.transform.Operation;

/** On photographs, where {@code medtrans.testdata} names a folder of them. */
class RealLookAlikesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  private static List<Image> images(String folder) throws IOException {
    String data = System.getProperty("medtrans.testdata", "");
    assumeTrue(!data.isEmpty(), "-Dmedtrans.testdata=DIR names no folder of real images");
    try (Stream<Path> files = Files.list(Path.of(data, folder))) {
      return files.sorted().map(file -> DECODER.decode(file, 3)).toList();
    }
  }

  /** Retinas look alike to the hash; of 206 one photograph is there twice, byte for byte. */
  @Test
  void differentRetinasAreNotAlike() throws IOException {
    List<Image> retinas = images("APTOS2019/train_images");
    List<List<Integer>> alike = LookAlikes.among(retinas.stream().map(Look::of).toList());
    assertEquals(1, alike.size());
    assertEquals(retinas.get(alike.get(0).get(0)), retinas.get(alike.get(0).get(1)));
  }

  @Test
  void differentMolesAreNotAlike() throws IOException {
    List<Look> moles = images("ISIC2019/train").stream().map(Look::of).toList();
    assertEquals(List.of(), LookAlikes.among(moles));
  }

  @Test
  void resavedHalvedAndBrightenedPhotographsAreFound() throws IOException {
    for (String folder : List.of("APTOS2019/train_images", "ISIC2019/train")) {
      List<Image> originals = images(folder).stream().limit(40).toList();
      assertTrue(found(originals, RealLookAlikesTest::resaved) >= 39, folder + " resaved");
      assertTrue(found(originals, RealLookAlikesTest::halved) >= 39, folder + " halved");
      assertTrue(
          found(originals, i -> new Operation.Brightness(1.15).apply(i)) >= 38,
          folder + " brightened");
    }
  }

  private interface Change {
    Image of(Image image) throws IOException;
  }

  /** How many of the images are in a set with their changed copy. */
  private static long found(List<Image> originals, Change change) throws IOException {
    List<Look> looks = new ArrayList<>(originals.stream().map(Look::of).toList());
    for (Image image : originals) {
      looks.add(Look.of(change.of(image)));
    }
    List<List<Integer>> sets = LookAlikes.among(looks);
    int n = originals.size();
    return IntStream.range(0, n)
        .filter(i -> sets.stream().anyMatch(set -> set.containsAll(List.of(i, n + i))))
        .count();
  }

  private static Image halved(Image image) {
    return new Operation.Resize(image.height() / 2, image.width() / 2).apply(image);
  }

  /** As a JPEG of the JDK's usual quality. */
  private static Image resaved(Image image) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        buffered.setRGB(x, y, image.at(y, x, 0) << 16 | image.at(y, x, 1) << 8 | image.at(y, x, 2));
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(buffered, "jpeg", jpeg);
    return DECODER.decode(jpeg.toByteArray(), "resaved", 3);
  }
}
