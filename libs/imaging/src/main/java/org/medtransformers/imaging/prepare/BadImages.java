package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/** The images that could not be read. Where they end the preparing, it first finds a few more. */
final class BadImages {
  private static final int MOST_NAMED = 20;

  private final DatasetListing listing;
  private final boolean skip;
  private final List<Manifest.BadImage> found = new ArrayList<>();
  private ErrorCode code;

  BadImages(DatasetListing listing, boolean skip) {
    this.listing = listing;
    this.skip = skip;
  }

  void add(Sample sample, MedtransException problem) {
    code = code == null ? problem.code() : code;
    found.add(new Manifest.BadImage(sample.source().name(listing.root()), problem.getMessage()));
    if (found.size() == MOST_NAMED) {
      throwIfNotAllowed();
    }
  }

  /** Whether the set can still become whole. */
  boolean mayGoOn() {
    return skip || found.isEmpty();
  }

  /** Throws, with the code of the first, every problem found so far. */
  void throwIfNotAllowed() {
    if (!mayGoOn()) {
      throw MedtransException.of(
          code, list().stream().map(Manifest.BadImage::reason).collect(Collectors.joining("; ")));
    }
  }

  /** In the order of their names, whatever that of the data set. */
  List<Manifest.BadImage> list() {
    return found.stream().sorted(Comparator.comparing(Manifest.BadImage::source)).toList();
  }
}
