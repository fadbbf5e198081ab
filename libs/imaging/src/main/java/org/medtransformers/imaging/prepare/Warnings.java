package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.SplitKind;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.dataset.DatasetListing;

/** What a researcher must know of a prepared set before believing a number. */
final class Warnings {
  private static final int MOST_NAMED = 5;

  private final DatasetListing listing;

  Warnings(DatasetListing listing) {
    this.listing = listing;
  }

  /**
   * @param training images per class
   */
  List<String> of(Duplicates duplicates, List<Integer> training, List<Manifest.BadImage> skipped) {
    return Stream.of(
            skipped(skipped),
            acrossParts(duplicates),
            differingLabels(duplicates),
            leaking(),
            withoutGroups(),
            untrained(training))
        .filter(Objects::nonNull)
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
                named(
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
    return named(
        files
            .map(
                file ->
                    file.copies().stream()
                        .limit(MOST_NAMED)
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

  private String withoutGroups() {
    String kind = listing.splits().scheme().kind();
    boolean grouping =
        kind.equals(SplitKind.GROUPED.label()) || kind.equals(SplitKind.KFOLD.label());
    return grouping && listing.leakingGroups() == null
        ? "no image has a patient or lesion id, so the " + kind + " split keeps nothing together"
        : null;
  }

  private String untrained(List<Integer> training) {
    List<String> classes = listing.description().classes();
    List<String> missing = new ArrayList<>();
    IntStream.range(0, classes.size())
        .filter(c -> training.get(c) == 0)
        .forEach(c -> missing.add(classes.get(c)));
    return missing.isEmpty() || listing.splits().of(Split.TRAIN).isEmpty()
        ? null
        : "no training image shows " + named(missing, ", ");
  }

  private static String named(List<String> names, String separator) {
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(separator));
    return names.size() <= MOST_NAMED ? first : first + " and more";
  }
}
