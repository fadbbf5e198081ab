package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Notices;

/** What a researcher must know of a prepared set before believing a number. */
final class Warnings {
  private static final int MOST_COPIES = 5;

  private final DatasetListing listing;

  Warnings(DatasetListing listing) {
    this.listing = listing;
  }

  /**
   * @param counts images per class, by part
   * @param depth what to tell of images of more than 8 bits, or null
   */
  List<String> of(
      Duplicates duplicates,
      SplitSizes sizes,
      Map<Split, List<Integer>> counts,
      List<Manifest.BadImage> skipped,
      String depth) {
    Stream<String> found =
        Stream.of(
                skipped(skipped),
                acrossParts(duplicates),
                differingLabels(duplicates),
                leaking(),
                withoutGroups(),
                untrained(counts.get(Split.TRAIN)),
                depth)
            .filter(Objects::nonNull);
    HeldOutClasses heldOut = new HeldOutClasses(listing.description(), sizes, counts);
    return Stream.of(found, heldOut.warnings().stream(), listing.notices().stream())
        .flatMap(warnings -> warnings)
        .map(text -> listing.description().name() + ": " + printable(text))
        .toList();
  }

  /** Names of files can hold anything; a warning is one line in logs and terminals. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
  }

  private static String skipped(List<Manifest.BadImage> skipped) {
    return skipped.isEmpty()
        ? null
        : "images left out because they could not be read: %d (%s)"
            .formatted(
                skipped.size(),
                Notices.named(
                    skipped.stream().map(b -> b.source() + " (" + b.reason() + ")").toList(),
                    "; "));
  }

  private static String acrossParts(Duplicates duplicates) {
    return duplicates.acrossParts() == 0
        ? null
        : "image files in more than one part of the split: %d (%s)"
            .formatted(
                duplicates.acrossParts(),
                copies(duplicates.examples().stream().filter(Duplicates.File::acrossParts)));
  }

  private static String differingLabels(Duplicates duplicates) {
    return duplicates.differingLabels() == 0
        ? null
        : "image files with different labels: %d (%s)"
            .formatted(
                duplicates.differingLabels(),
                copies(duplicates.examples().stream().filter(Duplicates.File::differingLabels)));
  }

  private static String copies(Stream<Duplicates.File> files) {
    return Notices.named(
        files
            .map(
                file ->
                    file.copies().stream()
                        .limit(MOST_COPIES)
                        .map(c -> c.id() + " (" + c.split().label() + ")")
                        .collect(Collectors.joining(" = ")))
            .toList(),
        ", ");
  }

  private String leaking() {
    Integer leaking = listing.leakingGroups();
    return leaking == null || leaking == 0
        ? null
        : "groups (patients or lesions) in more than one part of the %s split: %d;"
                .formatted(listing.splits().scheme().kind(), leaking)
            + " medtrans.split.kind \"grouped\" keeps them together";
  }

  /** What that means stands under every table, too. */
  private String withoutGroups() {
    return listing.leakingGroups() != null
        ? null
        : "no image has a patient or lesion id, so the %s split keeps nothing together and %s"
            .formatted(listing.splits().scheme().kind(), UsedSplit.WITHOUT_GROUPS);
  }

  private String untrained(List<Integer> training) {
    List<String> classes = listing.description().classes();
    List<String> missing = new ArrayList<>();
    IntStream.range(0, classes.size())
        .filter(c -> training.get(c) == 0)
        .forEach(c -> missing.add(classes.get(c)));
    return missing.isEmpty() || listing.splits().of(Split.TRAIN).isEmpty()
        ? null
        : "no training image shows " + Notices.named(missing, ", ");
  }
}
