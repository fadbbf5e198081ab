package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.imaging.split.Candidate;
import org.medtransformers.imaging.split.Splits;

/**
 * What the label files say, without any image having been opened.
 *
 * @param root the data set's folder
 * @param labelFiles every file that decided something here
 * @param samples in the order of the label file
 */
public record DatasetListing(
    DatasetDescription description,
    Path root,
    List<Path> labelFiles,
    List<Sample> samples,
    Splits splits) {
  public DatasetListing {
    labelFiles = List.copyOf(labelFiles);
    samples = List.copyOf(samples);
  }

  /** Groups in more than one split; null where no image has one. */
  public Integer leakingGroups() {
    List<String> groups = samples.stream().map(Sample::group).toList();
    return groups.stream().allMatch(String::isEmpty) ? null : splits.leakingGroups(groups);
  }

  /** The images as a split sees them. */
  public List<Candidate> candidates() {
    return samples.stream().map(s -> new Candidate(s.id(), s.group(), s.classes())).toList();
  }

  /** The same images, divided otherwise. */
  DatasetListing with(Splits other) {
    return new DatasetListing(description, root, labelFiles, samples, other);
  }
}
