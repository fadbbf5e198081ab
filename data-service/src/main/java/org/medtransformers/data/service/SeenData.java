package org.medtransformers.data.service;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Recognised;
import org.medtransformers.imaging.prepare.CheckReport;
import org.medtransformers.imaging.split.SplitScheme;

/** A check of a data set as a comparison asks for it. */
final class SeenData {
  private static final int EXAMPLES = 5;

  private SeenData() {}

  /**
   * @param seconds that the check took
   */
  static DataLook of(
      Recognised recognised, DatasetListing listing, CheckReport report, double seconds) {
    DatasetDescription set = listing.description();
    if (!set.labelled()) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s: found images without classes, allowed: two classes or more"
              .formatted(listing.root()));
    }
    int images = listing.samples().size();
    return new DataLook(
        recognised.title(),
        recognised.name(),
        recognised.location().toString(),
        Optional.ofNullable(recognised.own()).map(Json::tree).orElse(null),
        recognised.rule(),
        set.classes(),
        set.task(),
        set.targetMetric(),
        set.channels(),
        listing.splits().scheme().equals(SplitScheme.OFFICIAL),
        report.images(),
        all(report.classCounts()),
        Collections.min(report.classCounts().get(Split.TRAIN)),
        Collections.min(report.classCounts().get(Split.TEST)),
        report.groups().count(),
        report.groups().imagesWithout(),
        report.sizes().medianSide(),
        seconds / Math.max(1, images),
        report.unreadable(),
        report.unreadableExamples().stream()
            .limit(EXAMPLES)
            .map(bad -> bad.source() + ": " + bad.reason())
            .toList(),
        report.problems(),
        report.notices());
  }

  private static List<Integer> all(Map<Split, List<Integer>> counts) {
    int classes = counts.get(Split.TRAIN).size();
    return IntStream.range(0, classes)
        .mapToObj(c -> counts.values().stream().mapToInt(part -> part.get(c)).sum())
        .toList();
  }
}
