package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.imaging.split.SeedCompatibleSplit;

/** The split of a data set that comes without one. */
final class HeldOut {
  /** The share of data sets that nobody has published one for. */
  static final double OWN_DATA = 0.3;

  private static final String STORED = "val_ids.json";

  private HeldOut() {}

  /**
   * Splits as {@code val_ids.json} says, where the folder has one, else by shuffling.
   *
   * @param share of validation and test together
   */
  static DatasetListing split(
      DatasetFolder folder,
      DatasetDescription description,
      List<Path> labelFiles,
      List<Sample> samples,
      double share) {
    if (!folder.has(STORED)) {
      return new DatasetListing(
          description,
          folder.root(),
          labelFiles,
          samples,
          SeedCompatibleSplit.shuffled(samples.size(), share));
    }
    Path stored = folder.labelFile(STORED);
    return new DatasetListing(
        description,
        folder.root(),
        Stream.concat(labelFiles.stream(), Stream.of(stored)).toList(),
        samples,
        SeedCompatibleSplit.stored(stored, samples.size(), share));
  }
}
