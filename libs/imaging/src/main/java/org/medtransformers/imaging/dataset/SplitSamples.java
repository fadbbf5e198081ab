package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.imaging.split.Splits;

/** Gathers the images of a data set that comes split: first train, then val, then test. */
final class SplitSamples {
  private final List<Sample> samples = new ArrayList<>();
  private final List<List<Integer>> parts = new ArrayList<>();

  void addPart(List<Sample> part) {
    int start = samples.size();
    samples.addAll(part);
    parts.add(IntStream.range(start, samples.size()).boxed().toList());
  }

  /** Those of all parts so far. */
  List<Sample> samples() {
    return samples;
  }

  DatasetListing listing(
      DatasetFolder folder, DatasetDescription description, List<Path> labelFiles) {
    return new DatasetListing(
        description,
        folder.root(),
        labelFiles,
        samples,
        new Splits(parts.get(0), parts.get(1), parts.get(2)));
  }
}
