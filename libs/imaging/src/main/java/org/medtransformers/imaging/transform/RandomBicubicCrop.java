package org.medtransformers.imaging.transform;

import java.util.List;
import org.medtransformers.imaging.random.RandomStream;

/**
 * One crop of {@code MultiCrop}: a random resized crop by the bicubic filter.
 *
 * @param size pixels of the square result
 * @param minScale share of the area
 */
public record RandomBicubicCrop(int size, double minScale, double maxScale) {
  /** Keys the random streams, beside those of {@link Draw}. */
  public static final int NUMBER = 13;

  /** The operation on an image of {@code height} × {@code width} pixels. */
  public List<Operation> draw(int height, int width, RandomStream random) {
    Box box = RandomBox.draw(height, width, minScale, maxScale, random);
    return List.of(new Operation.ResizedCrop(box, size, size, Filter.BICUBIC));
  }
}
