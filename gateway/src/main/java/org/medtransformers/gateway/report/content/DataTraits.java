package org.medtransformers.gateway.report.content;

import org.medtransformers.contracts.config.OnBadImage;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Which images there were, and how they were divided. */
final class DataTraits {
  private DataTraits() {}

  /** The data set, by what it holds. */
  static String dataset(Trained trained) {
    RunConfig config = config(trained);
    PreparedDataset prepared = trained.run().prepared;
    String kind = config.dataset().dataset().label();
    if (prepared == null) {
      return "The images were to be %s (read as %s); they have not been prepared."
          .formatted(trained.dataset(), kind);
    }
    DatasetDescription data = prepared.description();
    return "The images were %s (read as %s%s), %s%s."
        .formatted(
            trained.dataset(),
            kind,
            data.synthetic() ? ", drawn by a program" : "",
            data.channels() == 1 ? "grey" : "in colour",
            task(data));
  }

  private static String task(DatasetDescription data) {
    if (!data.labelled()) {
      return ", without labels";
    }
    String classes = Words.list(data.classes());
    return switch (data.task()) {
      case MULTI_CLASS ->
          ", each in one of %d classes (%s)".formatted(data.classes().size(), classes);
      case BINARY ->
          ", each in one of two classes (%s; %s counts as positive)"
              .formatted(classes, data.classes().get(1));
      case MULTI_LABEL ->
          ", each showing any of %d findings (%s)".formatted(data.classes().size(), classes);
    };
  }

  /** How they were divided, and into how many. */
  static String split(Trained trained) {
    PreparedDataset prepared = trained.run().prepared;
    RunConfig.Split split = config(trained).medtrans().split();
    if (crossValidated(trained)) {
      return folds(split);
    }
    if (prepared == null) {
      return "";
    }
    SplitSizes sizes = prepared.sizes();
    return "They were divided into %s for training, %s for validation and %s for testing%s."
        .formatted(
            Words.count(sizes.train(), "image"),
            Rounding.count((long) sizes.val()),
            Rounding.count((long) sizes.test()),
            how(prepared, split));
  }

  private static String folds(RunConfig.Split split) {
    return "They were divided into %d folds of about equal size, stratified by class and grouped by patient or lesion where that is known: in each round one fold tested, the next one validated and the others trained, so that over all rounds each image was tested once."
        .formatted(split.folds());
  }

  private static String how(PreparedDataset prepared, RunConfig.Split split) {
    String kind = prepared.split() == null ? "" : prepared.split().kind();
    return switch (kind) {
      case "official" -> ", as the data set brings it along";
      case "seed-compatible" -> ", as the published reference implementation divides them";
      case "grouped" ->
          ", stratified by class and grouped by patient or lesion where that is known (shares %s, seed %d)"
              .formatted(
                  Words.list(split.fractions().stream().map(Words::number).toList()),
                  split.seedOrDefault());
      default -> "";
    };
  }

  /** What is known of patients or lesions. */
  static String groups(Trained trained) {
    PreparedDataset prepared = trained.run().prepared;
    if (prepared == null) {
      return "";
    }
    if (prepared.leakingGroups() == null) {
      return "No patients or lesions are known; images were counted as independent.";
    }
    return prepared.leakingGroups() == 0
        ? "No patient or lesion has images in more than one part."
        : "%s images in more than one part."
            .formatted(
                prepared.leakingGroups() == 1
                    ? "One patient or lesion has"
                    : "%d patients or lesions have".formatted(prepared.leakingGroups()));
  }

  /** What was left out or used in part. */
  static String left(Trained trained) {
    RunConfig config = config(trained);
    StringBuilder text = new StringBuilder();
    if (config.trainFraction() < 1) {
      text.append(
          "Of the training images %s %% were used, in groups and by class; validation and test images stayed as they are."
              .formatted(Words.number(100 * config.trainFraction())));
    }
    if (config.medtrans().onBadImage() == OnBadImage.SKIP && trained.run().prepared != null) {
      text.append(text.isEmpty() ? "" : " ")
          .append(
              "Images that could not be read were left out (%d)."
                  .formatted(trained.run().prepared.skipped()));
    }
    if (config.medtrans().bits() != null) {
      text.append(text.isEmpty() ? "" : " ")
          .append("Samples were taken as of %d bits.".formatted(config.medtrans().bits()));
    }
    return text.toString();
  }

  /** Whether it is one round of a cross-validation. */
  static boolean crossValidated(Trained trained) {
    RunConfig.Split split = config(trained).medtrans().split();
    return split != null && split.crossValidates();
  }

  /** Its resolved file. */
  static RunConfig config(Trained trained) {
    return trained.run().file().config();
  }
}
