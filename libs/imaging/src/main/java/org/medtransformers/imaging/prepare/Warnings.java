package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Notices;

/** What a researcher must know of a prepared set before believing a number. */
final class Warnings {
  private static final String ALIKE = "near duplicates (sets of images that look alike)";

  private final DatasetListing listing;
  private final Contents contents;

  Warnings(DatasetListing listing, Contents contents) {
    this.listing = listing;
    this.contents = contents;
  }

  /**
   * All that there is to tell of a prepared set.
   *
   * @param skipped images that were left out
   * @param depth what to tell of images of more than 8 bits, or null
   */
  List<String> of(List<Manifest.BadImage> skipped, String depth) {
    return told(
        Stream.of(
            Stream.of(unreadable("images left out because they could not be read", skipped)),
            leaks(),
            Stream.of(depth),
            remarks()));
  }

  /** Of a set that is checked: what may make a number wrong. */
  List<String> problems(List<Manifest.BadImage> unreadable) {
    return told(
        Stream.of(Stream.of(unreadable("images that cannot be read", unreadable)), leaks()));
  }

  /** Likewise: what else there is to know, also of how large and how bright the images are. */
  List<String> notices(Shapes shapes, String depth) {
    return told(
        Stream.of(
            Stream.of(depth == null ? range(shapes.range()) : depth),
            remarks(),
            Stream.of(odd(shapes.sizes()))));
  }

  private Stream<String> leaks() {
    Duplicates same = contents.statistics().duplicates();
    NearDuplicates alike = contents.statistics().nearDuplicates();
    return Stream.of(
        acrossParts("image files", same.acrossParts(), same.examples()),
        differingLabels("image files", same.differingLabels(), same.examples()),
        acrossParts(ALIKE, alike.acrossParts(), alike.examples()),
        differingLabels(ALIKE, alike.differingLabels(), alike.examples()),
        leaking(),
        untrained(contents.counts().get(Split.TRAIN)));
  }

  private Stream<String> remarks() {
    HeldOutClasses heldOut =
        new HeldOutClasses(listing.description(), contents.sizes(), contents.counts());
    return Stream.of(
            Stream.of(blank(contents.statistics().nearDuplicates()), withoutGroups()),
            heldOut.warnings().stream(),
            listing.notices().stream())
        .flatMap(texts -> texts);
  }

  private List<String> told(Stream<Stream<String>> texts) {
    return texts
        .flatMap(text -> text)
        .filter(Objects::nonNull)
        .map(text -> listing.description().name() + ": " + printable(text))
        .toList();
  }

  /** Names of files can hold anything; a warning is one line in logs and terminals. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
  }

  private static String unreadable(String what, List<Manifest.BadImage> images) {
    return images.isEmpty()
        ? null
        : "%s: %d (%s)"
            .formatted(
                what,
                images.size(),
                Notices.named(
                    images.stream().map(b -> b.source() + " (" + b.reason() + ")").toList(), "; "));
  }

  private String acrossParts(String what, int count, List<Copies> examples) {
    return count == 0
        ? null
        : "%s in more than one part of the split: %d (%s)"
            .formatted(
                what,
                count,
                joined(examples.stream().filter(Copies::acrossParts), c -> c.split().label()));
  }

  private String differingLabels(String what, int count, List<Copies> examples) {
    return count == 0
        ? null
        : "%s with different labels: %d (%s)"
            .formatted(
                what,
                count,
                joined(
                    examples.stream().filter(Copies::differingLabels),
                    c -> c.split().label() + ": " + classes(c)));
  }

  private String classes(Copies.Copy copy) {
    return copy.classes().isEmpty()
        ? "none"
        : copy.classes().stream()
            .map(listing.description().classes()::get)
            .collect(Collectors.joining(" and "));
  }

  /** {@code a (train) = b (test)}; of what only looks alike {@code a (train) ~ b (test)}. */
  private static String joined(Stream<Copies> sets, Function<Copies.Copy, String> about) {
    return Notices.named(
        sets.map(
                set ->
                    set.copies().stream()
                        .map(copy -> copy.id() + " (" + about.apply(copy) + ")")
                        .collect(Collectors.joining(set.sha256() == null ? " ~ " : " = ")))
            .toList(),
        ", ");
  }

  private static String blank(NearDuplicates found) {
    return found.blank() == 0
        ? null
        : "images that show next to nothing, and are compared with no other: %d (%s)"
            .formatted(found.blank(), Notices.named(found.blankExamples(), ", "));
  }

  private static String range(CheckReport.Range range) {
    return range.isNarrow()
        ? "no pixel exceeds %d of 255, as when 12 bits stand in 16".formatted(range.highest())
        : null;
  }

  private static String odd(CheckReport.Sizes sizes) {
    return sizes.odd() == 0
        ? null
        : "images of odd size or shape: %d (%s)"
            .formatted(sizes.odd(), Notices.named(sizes.oddExamples(), ", "));
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
    return listing.leakingGroups() != null || !listing.description().labelled()
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
