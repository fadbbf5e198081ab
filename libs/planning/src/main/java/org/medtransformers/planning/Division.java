package org.medtransformers.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.comparison.ComparisonPlan.Choice;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.data.SplitSizes;

/**
 * How images are divided.
 *
 * @param folds that each are a run; 1: one division
 * @param parts of each run
 * @param split {@code medtrans.split}; empty: as the data set comes
 */
record Division(int folds, SplitSizes parts, Map<String, Object> split, Choice choice) {
  /** With fewer patients or images, what is left for a test says too little. */
  static final int FEW = 400;

  /** From so many images on a tenth is enough to test. */
  private static final int MANY = 10_000;

  private static final int FOLDS = 5;
  private static final String WHAT = "split";
  private static final String CHANGE = "medtrans.split in the file";

  /** Those that may be, the better ones first. */
  static List<Division> of(DataLook look) {
    if (look.divided()) {
      Choice own = new Choice(WHAT, "as it comes", "the data set has its own parts", CHANGE);
      return List.of(new Division(1, look.parts(), Map.of(), own));
    }
    List<Division> all = new ArrayList<>();
    if (units(look) < FEW) {
      all.add(folds(look));
    }
    all.add(once(look));
    return all;
  }

  /** What is independent of each other. */
  static int units(DataLook look) {
    return look.groups() == 0 ? look.images() : look.groups() + look.withoutGroup();
  }

  /** What the units are called. */
  static String unit(DataLook look) {
    return look.groups() == 0 ? "images" : "patients or lesions";
  }

  private static Division folds(DataLook look) {
    int part = look.images() / FOLDS;
    String rule =
        "fewer than %d %s: every image is tested once; stratified by class%s"
            .formatted(FEW, unit(look), together(look));
    return new Division(
        FOLDS,
        new SplitSizes(look.images() - 2 * part, part, part),
        Map.of("kind", "kfold", "folds", FOLDS),
        new Choice(WHAT, FOLDS + "-fold cross-validation", rule, CHANGE));
  }

  private static Division once(DataLook look) {
    double held = look.images() >= MANY ? 0.1 : 0.15;
    double train = look.images() >= MANY ? 0.8 : 0.7;
    int part = (int) Math.round(look.images() * held);
    String rule =
        (units(look) < FEW
                ? "too little time for folds"
                : "%d %s or more".formatted(FEW, unit(look)))
            + "; stratified by class"
            + together(look);
    return new Division(
        1,
        new SplitSizes(look.images() - 2 * part, part, part),
        Map.of("kind", "grouped", "fractions", List.of(train, held, held)),
        new Choice(
            WHAT,
            "%.0f / %.0f / %.0f %%".formatted(100 * train, 100 * held, 100 * held),
            rule,
            CHANGE));
  }

  private static String together(DataLook look) {
    return look.groups() == 0 ? "" : ", no patient or lesion on two sides";
  }
}
