package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
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
 */
public record DatasetListing(
    DatasetDescription description,
    Path root,
    List<Path> labelFiles,
    List<Sample> samples,
    Splits splits,
    List<String> notices) {
  public DatasetListing {
    labelFiles = List.copyOf(labelFiles);
    samples = List.copyOf(samples);
    notices = List.copyOf(notices);
  }

  /** One of which there is nothing to tell. */
  public DatasetListing(
      DatasetDescription description,
      Path root,
      List<Path> labelFiles,
      List<Sample> samples,
      Splits splits) {
    this(description, root, labelFiles, samples, splits, List.of());
  }

  /** Groups in more than one split; null where no image has one. */
  public Integer leakingGroups() {
    List<String> groups = samples.stream().map(Sample::group).toList();
    return groups.stream().allMatch(String::isEmpty) ? null : splits.leakingGroups(groups);
  }

  /**
   * Refuses a set of which a part that is needed has no image: one to test always, one to train
   * where anything is trained.
   */
  public void requireParts(boolean trained) {
    if (splits.test().isEmpty() || (trained && splits.train().isEmpty())) {
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
    return new DatasetListing(description, root, labelFiles, samples, other, notices);
  }

  /** The same, with more to tell. */
  DatasetListing noting(List<String> more) {
    return new DatasetListing(
        description,
        root,
        labelFiles,
        samples,
        splits,
        Stream.concat(notices.stream(), more.stream()).toList());
  }
}
