package org.medtransformers.imaging.prepare;

import java.util.Comparator;
import java.util.List;
import org.medtransformers.contracts.data.Split;

/**
 * Images of which each is a copy of the others.
 *
 * @param sha256 of the file that all of them have; null where they only look alike
 * @param images there are
 * @param acrossParts whether they are in more than one part of the split
 * @param differingLabels whether their labels differ
 * @param copies the first of them
 */
public record Copies(
    String sha256, int images, boolean acrossParts, boolean differingLabels, List<Copy> copies) {
  private static final int MOST = 5;

  /** Worst first. */
  static final Comparator<Copies> ORDER =
      Comparator.comparing(Copies::acrossParts).thenComparing(Copies::differingLabels).reversed();

  /**
   * One image.
   *
   * @param classes that it shows, by number
   */
  public record Copy(String id, Split split, List<Integer> classes) {}

  static Copies of(List<Picture> same) {
    boolean oneFile = same.stream().map(Picture::sha256).distinct().count() == 1;
    return new Copies(
        oneFile ? same.get(0).sha256() : null,
        same.size(),
        same.stream().map(Picture::split).distinct().count() > 1,
        same.stream().filter(Picture::labelled).map(Picture::classes).distinct().count() > 1,
        same.stream().limit(MOST).map(p -> new Copy(p.id(), p.split(), p.classes())).toList());
  }
}
