package org.medtransformers.gateway.report.content;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Limits that lie in the images. */
final class DataLimits {
  /** Patients, lesions or images to draw from; the rule of thumb beside every interval. */
  static final int FEWEST_UNITS = 30;

  /** Test images of a class; likewise. */
  static final int FEWEST_OF_A_CLASS = 5;

  /** Of the training images of the largest class to those of the smallest. */
  static final int IMBALANCE = 10;

  private DataLimits() {}

  /** Each data set with a run that knows what was prepared. */
  private static Stream<Trained> prepared(Study study) {
    return study.datasets().stream().flatMap(dataset -> study.prepared(dataset).stream());
  }

  static Stream<String> synthetic(Study study) {
    return prepared(study)
        .filter(trained -> trained.run().prepared.description().synthetic())
        .map(trained -> trained.dataset() + ": images drawn by a program say nothing of patients.");
  }

  /** Few to draw from. */
  static Stream<String> fewUnits(Study study) {
    return study.evaluated().stream()
        .filter(trained -> intervals(trained).isPresent())
        .map(trained -> few(trained.dataset(), intervals(trained).get()))
        .filter(Objects::nonNull)
        .distinct();
  }

  private static Optional<Intervals> intervals(Trained trained) {
    return Optional.ofNullable(trained.results()).map(EvaluationResults::intervals);
  }

  private static String few(String dataset, Intervals intervals) {
    String unit = "group".equals(intervals.unit()) ? "patient or lesion" : "image";
    return intervals.units() >= FEWEST_UNITS
        ? null
        : "%s: few to test on, fewer than %d: %s (counted by %s). Intervals are not to be relied on."
            .formatted(dataset, FEWEST_UNITS, Rounding.count((long) intervals.units()), unit);
  }

  /** Few test images of a class. */
  static Stream<String> fewOfAClass(Study study) {
    return study.evaluated().stream()
        .filter(trained -> trained.results() != null)
        .flatMap(
            trained ->
                trained.results().classes().stream()
                    .filter(c -> c.support() < FEWEST_OF_A_CLASS)
                    .sorted(Comparator.comparing(ClassMetrics::name))
                    .map(
                        c ->
                            "%s: only %s of the class “%s” to test on, fewer than %d: what is said of that class, and every mean over the classes, hangs on them."
                                .formatted(
                                    trained.dataset(),
                                    Words.count(c.support(), "image"),
                                    c.name(),
                                    FEWEST_OF_A_CLASS)))
        .distinct();
  }

  /** Classes of very different sizes among the training images. */
  static Stream<String> imbalance(Study study) {
    return prepared(study).flatMap(trained -> imbalance(study, trained).stream());
  }

  private static Optional<String> imbalance(Study study, Trained trained) {
    List<Integer> counts =
        Optional.ofNullable(study.images().get(trained.run().prepared.id()))
            .map(Study.Images::classCounts)
            .map(parts -> parts.get(Split.TRAIN))
            .orElse(List.of());
    if (counts.size() < 2 || counts.stream().allMatch(n -> n == 0)) {
      return Optional.empty();
    }
    int most = counts.stream().mapToInt(n -> n).max().getAsInt();
    int least = counts.stream().mapToInt(n -> n).min().getAsInt();
    return most < IMBALANCE * (long) least
        ? Optional.empty()
        : Optional.of(
            "%s: the classes are unbalanced, %s to %s training images: a metric that counts images says little of the rare ones."
                .formatted(
                    trained.dataset(), Rounding.count((long) most), Rounding.count((long) least)));
  }

  /** Patients or lesions in more than one part. */
  static Stream<String> leaks(Study study) {
    return prepared(study)
        .filter(trained -> trained.run().prepared.leakingGroups() != null)
        .filter(trained -> trained.run().prepared.leakingGroups() > 0)
        .map(
            trained ->
                "%s: a leak, %s with images in more than one part: results are too good."
                    .formatted(
                        trained.dataset(),
                        Words.count(trained.run().prepared.leakingGroups(), "group")));
  }

  /** Images that occur, or look alike, in more than one part. */
  static Stream<String> copies(Study study) {
    return prepared(study)
        .flatMap(
            trained ->
                Optional.ofNullable(study.images().get(trained.run().prepared.id()))
                    .map(Study.Images::copies)
                    .stream()
                    .flatMap(copies -> copies(trained.dataset(), copies)));
  }

  private static Stream<String> copies(String dataset, Study.Copies copies) {
    Stream<String> same =
        Stream.ofNullable(copies.duplicates())
            .filter(d -> d.acrossParts() > 0)
            .map(
                d ->
                    "%s: a leak, %s in more than one part: results are too good."
                        .formatted(dataset, Words.count(d.acrossParts(), "file")));
    Stream<String> alike =
        Stream.ofNullable(copies.nearDuplicates())
            .filter(d -> d.acrossParts() > 0)
            .map(
                d ->
                    "%s: a likely leak, %s of images that look alike in more than one part."
                        .formatted(dataset, Words.count(d.acrossParts(), "set")));
    return Stream.concat(same, alike);
  }

  static Stream<String> withoutGroups(Study study) {
    return prepared(study)
        .filter(trained -> trained.run().prepared.leakingGroups() == null)
        .map(
            trained ->
                "%s: no patients or lesions are known: %s."
                    .formatted(trained.dataset(), UsedSplit.WITHOUT_GROUPS));
  }

  static Stream<String> leftOut(Study study) {
    return prepared(study)
        .filter(trained -> trained.run().prepared.skipped() > 0)
        .map(
            trained ->
                "%s: %s could not be read and were left out: if they are alike in something, the results do not hold for such."
                    .formatted(
                        trained.dataset(), Words.count(trained.run().prepared.skipped(), "image")));
  }

  /** One division of the images, as good as it fell. */
  static Stream<String> singleSplit(Study study) {
    Map<String, Long> splits =
        study.compared().stream()
            .filter(trained -> trained.run().prepared != null)
            .filter(trained -> !DataTraits.crossValidated(trained))
            .collect(
                Collectors.groupingBy(
                    Trained::dataset,
                    LinkedHashMap::new,
                    Collectors.collectingAndThen(
                        Collectors.mapping(DataLimits::heldOut, Collectors.toSet()),
                        set -> (long) set.size())));
    return splits.entrySet().stream()
        .filter(e -> e.getValue() == 1)
        .map(
            e ->
                "%s: one division of the images: how much depends on which of them are tested is in the intervals, how much on which are trained with is not."
                    .formatted(e.getKey()));
  }

  private static String heldOut(Trained trained) {
    PreparedDataset prepared = trained.run().prepared;
    return prepared.split() == null || prepared.split().heldOut() == null
        ? prepared.id()
        : prepared.split().heldOut();
  }

  /** Tested on images from where the training images are. */
  static Stream<String> notExternal(Study study) {
    boolean external = study.evaluated().stream().anyMatch(DataLimits::external);
    return external || study.evaluated().isEmpty()
        ? Stream.empty()
        : Stream.of(
            "No external test: all test images come from where the training images do. What another hospital or camera changes is not shown.");
  }

  /** A model that was trained on a data set of another name. */
  static boolean external(Trained trained) {
    return trained.run().testedModel != null
        && !trained
            .run()
            .testedModel
            .trainedOn()
            .name()
            .equals(trained.run().prepared.description().name());
  }

  static Stream<String> withoutSubgroups(Study study) {
    return study.evaluated().stream()
        .filter(trained -> trained.results() != null)
        .filter(trained -> trained.results().subgroups().isEmpty())
        .map(
            trained ->
                trained.dataset()
                    + ": nothing is known of the patients (sex, age, site): whether it is equally good for all of them is not shown.")
        .distinct();
  }
}
