package org.medtransformers.imaging.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.random.RandomStream;

/**
 * A synthetic data set in the layout of APTOS2019: five grades in equal numbers, told apart by
 * number and kind of the lesions drawn.
 *
 * @param images number of images
 * @param size of an image, pixels each way
 * @param seed the same seed draws the same images
 */
public record PhantomDataset(int images, int size, long seed) {
  private static final int GRADES = 5;
  private static final String MARKER = "SYNTHETIC.txt";

  /**
   * Writes the folder {@code APTOS2019} below {@code location}; does nothing where this very data
   * set is there already.
   */
  public void write(Path location) throws IOException {
    Path folder = location.resolve("APTOS2019");
    Path labels = folder.resolve("train.csv");
    Path marker = folder.resolve(MARKER);
    if (Files.exists(labels) && Files.exists(marker) && Files.readString(marker).equals(note())) {
      return;
    }
    Files.createDirectories(folder.resolve("train_images"));
    Files.deleteIfExists(labels);
    Files.writeString(marker, note());
    int[] order = RandomStream.ofOrder(seed, 0).permutation(images);
    StringBuilder csv = new StringBuilder("id_code,diagnosis\n");
    IntStream.range(0, images)
        .forEach(i -> csv.append(String.format(Locale.ROOT, "%s,%d\n", id(i), order[i] % GRADES)));
    for (int i = 0; i < images; i++) {
      Path file = folder.resolve("train_images").resolve(id(i) + ".png");
      Files.write(file, PngEncoder.encode(image(order[i] % GRADES, i)));
    }
    // Last, so that a folder with labels is a finished one.
    Files.writeString(labels, csv);
  }

  /** The image of that number, of {@code grade} 0 to 4. */
  Image image(int grade, int number) {
    return Fundus.draw(grade, size, RandomStream.ofItem(seed, number));
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "phantom_%05d", number);
  }

  private String note() {
    return """
    These images are synthetic: drawn by a program, not photographs of anybody.
    images %d, size %d, seed %d, generator 1
    """
        .formatted(images, size, seed);
  }
}
