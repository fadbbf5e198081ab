package org.medtransformers.imaging.prepare;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.imaging.split.SplitScheme;

/**
 * What a look at every image of a data set has found; nothing was prepared.
 *
 * @param dataset as in the experiment file
 * @param folder that holds it
 * @param split how it is divided, and the name that the split has where nothing is unreadable
 * @param classes in label order
 * @param images read, by part
 * @param classCounts images per class, by part
 * @param unreadable images that could not be read
 * @param unreadableExamples the first of them, and why
 * @param problems because of which a number may be wrong; none: the set is clean
 * @param notices what else a researcher should know
 */
public record CheckReport(
    String dataset,
    String folder,
    UsedSplit split,
    SplitScheme scheme,
    List<String> classes,
    SplitSizes images,
    Map<Split, List<Integer>> classCounts,
    Groups groups,
    Duplicates duplicates,
    NearDuplicates nearDuplicates,
    int unreadable,
    List<Manifest.BadImage> unreadableExamples,
    Sizes sizes,
    Range range,
    List<String> problems,
    List<String> notices) {

  /**
   * Patients or lesions.
   *
   * @param count different ones
   * @param imagesWithout images of which none is known
   * @param leaking that have images in more than one part
   */
  public record Groups(int count, int imagesWithout, int leaking) {}

  /**
   * Sizes before anything is resized.
   *
   * @param different how many there are
   * @param usual {@code width x height} of most images
   * @param medianSide pixels of the shorter side, of the image in the middle
   * @param odd images four times as large or as small as the median, in area, or as long
   * @param oddExamples ids of the first of them, with their sizes
   */
  public record Sizes(
      int different,
      String usual,
      int imagesOfUsual,
      String smallest,
      String largest,
      int medianSide,
      int odd,
      List<String> oddExamples) {}

  /**
   * Values of the pixels, after they were made 8 bits.
   *
   * @param narrow images that use less than a quarter of 0 to 255
   */
  public record Range(int lowest, int highest, int narrow) {
    static final int NARROW = 255 / 4;

    /** Whether all images together leave three quarters unused. */
    public boolean isNarrow() {
      return highest <= NARROW;
    }
  }
}
