package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/**
 * The images that could not be read. Where they end the preparing, it first finds a few more. Those
 * that do not fit into memory always end it: left out, what is in the set would depend on the
 * memory of the process that happened to prepare it.
 */
final class BadImages {
  private static final int MOST_NAMED = 20;

  private final DatasetListing listing;
  private final boolean skip;
  private final List<Manifest.BadImage> skipped = new ArrayList<>();
  private final List<Manifest.BadImage> refused = new ArrayList<>();
  private ErrorCode code;

  BadImages(DatasetListing listing, boolean skip) {
    this.listing = listing;
    this.skip = skip;
  }

  void add(Sample sample, MedtransException problem) {
    Manifest.BadImage bad =
        new Manifest.BadImage(sample.source().name(listing.root()), problem.getMessage());
    if (skip && problem.code() != ErrorCode.IMAGE_TOO_LARGE) {
      skipped.add(bad);
      return;
    }
    code = code == null ? problem.code() : code;
    refused.add(bad);
    if (refused.size() == MOST_NAMED) {
      throwIfNotAllowed();
    }
  }

  /** Whether the set can still become whole. */
  boolean mayGoOn() {
    return refused.isEmpty();
  }

  /** Throws, with the code of the first, every problem found so far that is not to be skipped. */
  void throwIfNotAllowed() {
    if (!mayGoOn()) {
      throw MedtransException.of(
          code,
          byName(refused).stream()
              .map(Manifest.BadImage::reason)
              .collect(Collectors.joining("; ")));
    }
  }

  /** Those that are left out, in the order of their names, whatever that of the data set. */
  List<Manifest.BadImage> list() {
    return byName(skipped);
  }

  private static List<Manifest.BadImage> byName(List<Manifest.BadImage> images) {
    return images.stream().sorted(Comparator.comparing(Manifest.BadImage::source)).toList();
  }
}
