package org.medtransformers.imaging.dataset;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.split.Candidate;
import org.medtransformers.imaging.split.GroupedSplit;
import org.medtransformers.imaging.split.Splits;
import org.medtransformers.imaging.split.TrainingFraction;

/** Divides a data set anew where the experiment file asks for it. */
final class Division {
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
    DatasetListing divided =
        switch (asked.kind()) {
          case SEED_COMPATIBLE -> listing;
          case GROUPED -> listing.with(grouped(asked, listing.candidates()));
          case KFOLD -> listing.with(fold(asked, listing.candidates()));
        };
    return asked.usedFraction() == 1 ? divided : fewer(asked.trainFraction(), divided);
  }

  private static DatasetListing fewer(double fraction, DatasetListing listing) {
    if (!(fraction > 0 && fraction < 1)) {
      throw invalid("train_fraction: found %s, allowed: above 0 to 1".formatted(fraction));
    }
    return listing.with(
        TrainingFraction.of(
            listing.splits(), listing.candidates(), listing.description().classes(), fraction));
  }

  private static void requireGroups(String column, DatasetListing listing) {
    if (column != null && listing.samples().stream().allMatch(s -> s.group().isEmpty())) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "medtrans.split.group_column: found %s, but no image of %s has a group in such a column"
              .formatted(column, listing.description().name()));
    }
  }

  private static Splits grouped(RunConfig.Split asked, List<Candidate> images) {
    List<Double> fractions = asked.fractions();
    if (fractions == null || !RunConfig.Split.isWhole(fractions)) {
      throw invalid("fractions: found %s, allowed: three shares of 1".formatted(fractions));
    }
    return GroupedSplit.fractions(images, fractions, asked.seedOrDefault());
  }

  private static Splits fold(RunConfig.Split asked, List<Candidate> images) {
    Integer folds = asked.folds();
    Integer fold = asked.fold();
    if (folds == null || fold == null || folds < 3 || fold < 0 || fold >= folds) {
      throw invalid(
          "fold: found %s of %s, allowed: from 0, below folds of at least 3"
              .formatted(fold, folds));
    }
    return GroupedSplit.fold(images, folds, fold, asked.seedOrDefault());
  }

  private static MedtransException invalid(String problem) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, "medtrans.split." + problem);
  }
}
