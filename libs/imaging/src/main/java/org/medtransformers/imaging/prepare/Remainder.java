package org.medtransformers.imaging.prepare;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.split.Candidate;

/** What is left when images that could not be read have been left out. */
final class Remainder {
  private final DatasetListing listing;
  private final List<Candidate> images;
  private final Set<String> kept;

  Remainder(DatasetListing listing, List<IndexRow> rows) {
    this.listing = listing;
    this.images = listing.candidates();
    this.kept = rows.stream().map(IndexRow::id).collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * Throws {@link ErrorCode#DATASET_INVALID} where a part has lost its last image, or training the
   * last one of a class.
   */
  void requireUsable() {
    for (Split part : Split.values()) {
      List<Integer> before = listing.splits().of(part);
      if (!before.isEmpty() && before.stream().noneMatch(this::isKept)) {
        throw lost("none of the %d %s images is left".formatted(before.size(), part.label()));
      }
    }
    IntStream.range(0, listing.description().classes().size()).forEach(this::requireTrained);
  }

  private void requireTrained(int label) {
    List<Integer> before =
        listing.splits().train().stream()
            .filter(i -> images.get(i).classes().contains(label))
            .toList();
    if (!before.isEmpty() && before.stream().noneMatch(this::isKept)) {
      throw lost(
          "none of the %d training images of class %s is left"
              .formatted(before.size(), listing.description().classes().get(label)));
    }
  }

  private boolean isKept(int image) {
    return kept.contains(images.get(image).id());
  }

  private MedtransException lost(String what) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID,
        "%s: with the %d images left out that could not be read (medtrans.on_bad_image), %s"
            .formatted(listing.description().name(), listing.splits().size() - kept.size(), what));
  }
}
