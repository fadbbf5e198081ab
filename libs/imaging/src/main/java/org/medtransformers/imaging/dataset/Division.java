package org.medtransformers.imaging.dataset;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.split.Candidate;
import org.medtransformers.imaging.split.GroupedSplit;
import org.medtransformers.imaging.split.Splits;

/** Divides a data set anew where the experiment file asks for it. */
final class Division {
  private static final List<Double> FRACTIONS = List.of(0.7, 0.15, 0.15);
  private static final int FOLDS = 5;

  private Division() {}

  /**
   * {@code listing} as {@code asked}; with {@code seed-compatible} as its source has split it.
   *
   * @param asked null for as it is
   */
  static DatasetListing apply(RunConfig.Split asked, DatasetListing listing) {
    if (asked == null) {
      return listing;
    }
    requireGroups(asked.groupColumn(), listing);
    return switch (asked.kind()) {
      case "seed-compatible" -> listing;
      case "grouped" -> listing.with(grouped(asked.fractions(), listing.candidates()));
      case "kfold" -> listing.with(fold(asked, listing.candidates()));
      default ->
          throw MedtransException.of(
              ErrorCode.INVALID_REQUEST,
              "medtrans.split.kind: found %s, allowed: seed-compatible, grouped, kfold"
                  .formatted(asked.kind()));
    };
  }

  private static void requireGroups(String column, DatasetListing listing) {
    if (column != null && listing.samples().stream().allMatch(s -> s.group().isEmpty())) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "medtrans.split.group_column: found %s, but no image of %s has a group in a column of that name"
              .formatted(column, listing.description().name()));
    }
  }

  private static Splits grouped(List<Double> fractions, List<Candidate> images) {
    return GroupedSplit.fractions(images, fractions == null ? FRACTIONS : fractions);
  }

  private static Splits fold(RunConfig.Split asked, List<Candidate> images) {
    int folds = asked.folds() == null ? FOLDS : asked.folds();
    int fold = asked.fold() == null ? 0 : asked.fold();
    if (folds < 3 || fold < 0 || fold >= folds) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "medtrans.split: found fold %d of %d, allowed: from 0 to folds - 1 of at least 3"
              .formatted(fold, folds));
    }
    return GroupedSplit.fold(images, folds, fold);
  }
}
