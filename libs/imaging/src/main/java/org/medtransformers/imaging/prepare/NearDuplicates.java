package org.medtransformers.imaging.prepare;

import java.util.List;
import org.medtransformers.imaging.similar.LookAlikes;

/**
 * Images that look alike though their files differ: resaved, resized, brightened, or taken a moment
 * later; see {@link LookAlikes}. What is mirrored or turned is not found.
 *
 * @param sets of such images
 * @param images in these sets, those with the same file among them
 * @param acrossParts sets with images in more than one part of the split
 * @param differingLabels sets with images of different labels
 * @param examples the first of them, those across parts and with differing labels before others
 * @param blank images that show next to nothing, which are not compared
 * @param blankExamples ids of the first of them
 */
public record NearDuplicates(
    int sets,
    int images,
    int acrossParts,
    int differingLabels,
    List<Copies> examples,
    int blank,
    List<String> blankExamples) {

  static NearDuplicates among(List<Picture> pictures) {
    List<List<Picture>> files = List.copyOf(Duplicates.bySha256(pictures));
    List<Copies> sets =
        LookAlikes.among(files.stream().map(same -> same.get(0).look()).toList()).stream()
            .map(set -> set.stream().flatMap(file -> files.get(file).stream()).toList())
            .map(Copies::of)
            .toList();
    List<String> blank =
        pictures.stream().filter(p -> p.look().isBlank()).map(Picture::id).toList();
    return new NearDuplicates(
        sets.size(),
        sets.stream().mapToInt(Copies::images).sum(),
        (int) sets.stream().filter(Copies::acrossParts).count(),
        (int) sets.stream().filter(Copies::differingLabels).count(),
        sets.stream().sorted(Copies.ORDER).limit(Duplicates.MOST_EXAMPLES).toList(),
        blank.size(),
        blank.stream().limit(Duplicates.MOST_EXAMPLES).toList());
  }
}
