package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.split.Candidate;
import org.medtransformers.imaging.split.Splits;

/**
 * What the label files say, without any image having been opened.
 *
 * @param root the data set's folder
 * @param labelFiles every file that decided something here
 * @param samples in the order of the label file
 * @param notices what a researcher must know of the files before believing a number
 * @param unlabelled images without a label beside those, for a training that looks at none
 */
public record DatasetListing(
    DatasetDescription description,
    Path root,
    List<Path> labelFiles,
    List<Sample> samples,
    Splits splits,
    List<String> notices,
    List<Sample> unlabelled) {
  private static final String ONLY_WITHOUT =
      "they take part in training without labels only (dino, byol, simsiam)";

  public DatasetListing {
    labelFiles = List.copyOf(labelFiles);
    samples = List.copyOf(samples);
    notices = List.copyOf(notices);
    unlabelled = List.copyOf(unlabelled);
  }

  /** One of which there is nothing to tell. */
  public DatasetListing(
      DatasetDescription description,
      Path root,
      List<Path> labelFiles,
      List<Sample> samples,
      Splits splits) {
    this(description, root, labelFiles, samples, splits, List.of(), List.of());
  }

  /** How many images there are, with a label or without. */
  public int size() {
    return samples.size() + unlabelled.size();
  }

  /** Whether {@code sample} has a label, which with several findings may be that it shows none. */
  public boolean isLabelled(Sample sample) {
    return description.task() == Task.MULTI_LABEL || !sample.classes().isEmpty();
  }

  /** Groups in more than one split; null where no image has one. */
  public Integer leakingGroups() {
    List<String> groups = samples.stream().map(Sample::group).toList();
    return groups.stream().allMatch(String::isEmpty) ? null : splits.leakingGroups(groups);
  }

  /** Refuses a set of more images than {@code most}, which would not fit into the memory. */
  void requireFew(int most) {
    int images = samples.size() + unlabelled.size();
    if (images > most) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s in %s: found %d images, allowed are %d with the memory of this process"
              .formatted(description.name(), root, images, most));
    }
  }

  /**
   * Refuses a set of which a part that is needed has no image: one to test always, one to train
   * where anything is trained.
   */
  public void requireParts(boolean trained) {
    boolean untestable = description.labelled() && splits.test().isEmpty();
    if (untestable || (trained && splits.train().isEmpty())) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s in %s: found %d training, %d validation and %d test images; allowed: at least one%s to"
                  .formatted(
                      description.name(),
                      root,
                      splits.train().size(),
                      splits.val().size(),
                      splits.test().size(),
                      trained ? " to train and one" : "")
              + " test");
    }
  }

  /** The images as a split sees them. */
  public List<Candidate> candidates() {
    return samples.stream().map(s -> new Candidate(s.id(), s.group(), s.classes())).toList();
  }

  /** The same images, divided otherwise. */
  DatasetListing with(Splits other) {
    return new DatasetListing(description, root, labelFiles, samples, other, notices, unlabelled);
  }

  /**
   * The same images with other groups, which {@code files} have decided.
   *
   * @param groups one for each image; null or empty where it has none
   */
  DatasetListing grouped(String[] groups, Path... files) {
    List<Sample> grouped =
        IntStream.range(0, groups.length)
            .mapToObj(i -> samples.get(i).in(Objects.requireNonNullElse(groups[i], "")))
            .toList();
    List<String> alone = grouped.stream().filter(s -> s.group().isEmpty()).map(Sample::id).toList();
    return new DatasetListing(
            description,
            root,
            Stream.concat(labelFiles.stream(), Stream.of(files)).toList(),
            grouped,
            splits,
            notices,
            unlabelled)
        .noting(Notices.some("images without a group, each one of its own", alone));
  }

  /**
   * The same without the images of which {@code out} says so; the others stay in their parts.
   *
   * @param notice what is told of those left out, before their number
   */
  public DatasetListing without(Predicate<Sample> out, String notice) {
    int[] places = new int[samples.size()];
    List<Sample> kept = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      boolean stays = !out.test(samples.get(i));
      places[i] = stays ? kept.size() : -1;
      if (stays) {
        kept.add(samples.get(i));
      }
    }
    List<Sample> others = unlabelled.stream().filter(out.negate()).toList();
    int left = samples.size() + unlabelled.size() - kept.size() - others.size();
    if (left == 0) {
      return this;
    }
    return new DatasetListing(
            description, root, labelFiles, kept, splits.renumbered(places), notices, others)
        .noting(List.of(notice + ": " + left));
  }

  /** The same, with more to tell. */
  DatasetListing noting(List<String> more) {
    return new DatasetListing(
        description,
        root,
        labelFiles,
        samples,
        splits,
        Stream.concat(notices.stream(), more.stream()).toList(),
        unlabelled);
  }

  /** All images, those without a label behind the others; they are in no part. */
  DatasetListing whole() {
    return new DatasetListing(
        description,
        root,
        labelFiles,
        Stream.concat(samples.stream(), unlabelled.stream()).toList(),
        splits,
        notices,
        List.of());
  }

  /** {@link #whole} undone: the images from number {@code labelled} on have no label. */
  DatasetListing apart(int labelled) {
    return new DatasetListing(
        description,
        root,
        labelFiles,
        samples.subList(0, labelled),
        splits,
        notices,
        samples.subList(labelled, samples.size()));
  }

  /** The same, with images beside it that have no label. */
  DatasetListing beside(List<Sample> withoutLabel) {
    return new DatasetListing(
        description, root, labelFiles, samples, splits, notices, withoutLabel);
  }

  /**
   * The images for a training that looks at labels, or at none: only there those without one take
   * part, all in the training split but those of patients or lesions that are held out. The others
   * are divided alike for both.
   */
  DatasetListing trainedOn(boolean labels) {
    if (unlabelled.isEmpty()) {
      return this;
    }
    if (labels) {
      return noting(
          List.of(unlabelled.size() + " images without a label are not used: " + ONLY_WITHOUT));
    }
    Set<String> heldOut =
        Stream.concat(splits.val().stream(), splits.test().stream())
            .map(i -> samples.get(i).group())
            .filter(group -> !group.isEmpty())
            .collect(Collectors.toSet());
    List<Sample> used = unlabelled.stream().filter(s -> !heldOut.contains(s.group())).toList();
    List<Sample> all = Stream.concat(samples.stream(), used.stream()).toList();
    IntStream added = IntStream.range(samples.size(), all.size());
    List<Integer> train = Stream.concat(splits.train().stream(), added.boxed()).toList();
    Splits with = new Splits(splits.scheme(), train, splits.val(), splits.test());
    return new DatasetListing(description, root, labelFiles, all, with, notices, List.of())
        .noting(trainedOn(used.size()));
  }

  private List<String> trainedOn(int used) {
    int left = unlabelled.size() - used;
    return Stream.of(
            used + " training images have no label: " + ONLY_WITHOUT,
            left == 0
                ? ""
                : left
                    + " images without a label are not used, because their patient or lesion is"
                    + " held out")
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
