package org.medtransformers.imaging.prepare;

import java.util.List;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.similar.Look;

/**
 * An image that was read, as duplicates are looked for.
 *
 * @param classes see {@link org.medtransformers.imaging.dataset.Sample}
 * @param labelled whether that is known
 * @param sha256 of its file or array row
 */
record Picture(
    String id, Split split, List<Integer> classes, boolean labelled, String sha256, Look look) {
  static Picture of(ImageReader.Result read, Split split, DatasetListing listing) {
    return new Picture(
        read.sample().id(),
        split,
        read.sample().classes(),
        listing.isLabelled(read.sample()),
        read.sha256(),
        read.look());
  }
}
