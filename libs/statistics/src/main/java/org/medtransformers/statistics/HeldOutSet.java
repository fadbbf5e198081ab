package org.medtransformers.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The images on which models are compared, ordered by their ids. Two models have been measured on
 * the same ones if their test sets are equal.
 */
public record HeldOutSet(List<Image> images) {

  /**
   * @param group its patient or lesion; empty where none is known
   * @param classes that it really shows
   */
  public record Image(String id, String group, List<Integer> classes) {}

  public HeldOutSet {
    images = List.copyOf(images);
  }

  /** That of {@code predictions}, in whatever order. */
  public static HeldOutSet of(List<PredictedImage> predictions) {
    return new HeldOutSet(
        ordered(predictions).stream()
            .map(p -> new Image(p.image(), p.group(), p.classes()))
            .toList());
  }

  /** {@code predictions} in the order of {@link #images}. */
  public static List<PredictedImage> ordered(List<PredictedImage> predictions) {
    return predictions.stream().sorted(Comparator.comparing(PredictedImage::image)).toList();
  }

  /** How many patients or lesions there are; empty where no image has one. */
  public OptionalInt knownGroups() {
    long known = images.stream().map(Image::group).filter(g -> !g.isEmpty()).distinct().count();
    return known == 0 ? OptionalInt.empty() : OptionalInt.of((int) known);
  }

  /**
   * Images that show each class.
   *
   * @param classes their number
   */
  int[] support(int classes) {
    int[] support = new int[classes];
    images.forEach(image -> image.classes().forEach(c -> support[c]++));
    return support;
  }
}
