package org.medtransformers.imaging.prepare;

import org.medtransformers.imaging.codec.SampleRange;

/** The images of a set that have more than 8 bits, and how many of these they use. */
final class DeepImages {
  private static final int LEAST = 9;
  private static final String[] SHARES = {"half", "a quarter", "an eighth", "a sixteenth"};

  private int images;
  private int highest;
  private int used;
  private int scaled;
  private int unused = Integer.SIZE;

  void add(SampleRange range) {
    if (range.isDeep()) {
      images++;
      highest = Math.max(highest, range.highest());
      used = Math.max(used, range.bitsUsed());
      scaled = Math.max(scaled, range.bitsScaled());
      unused = Math.min(unused, range.bitsScaled() - range.bitsUsed());
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
    return unused == 0
        ? null
        : "%d images use %d of %d bits (values up to %d), %s of their range, and are dark;"
                .formatted(images, used, scaled, highest, share())
            + " medtrans.bits %d scales them by what they use".formatted(Math.max(LEAST, used));
  }

  private String share() {
    return unused <= SHARES.length ? SHARES[unused - 1] : "1/" + (1 << unused);
  }
}
