package org.medtransformers.imaging.prepare;

import org.medtransformers.imaging.codec.SampleRange;

/** The images of a set that have more than 8 bits, and how far their samples reach. */
final class DeepImages {
  private int images;
  private int highest;
  private double used;

  void add(SampleRange range) {
    if (range.isDeep()) {
      images++;
      highest = Math.max(highest, range.highest());
      used = Math.max(used, range.used());
    }
  }

  /**
   * What to tell, or null.
   *
   * @param bits that the run's file says, or null
   */
  String warning(Integer bits) {
    if (images == 0) {
      return bits == null
          ? null
          : "medtrans.bits does nothing: no image has more than 8 bits to be scaled by it";
    }
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
    return used > 0.5
        ? null
        : "%d images of more than 8 bits use values up to %d, 1/%d of their range, and are dark;"
                .formatted(images, highest, Math.round(1 / used))
            + " medtrans.bits %d scales them by what they use".formatted(Math.max(9, needed));
  }
}
