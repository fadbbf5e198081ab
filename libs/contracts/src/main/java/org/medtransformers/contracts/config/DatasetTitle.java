package org.medtransformers.contracts.config;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a data set is called wherever results stand: the name that the file gives it in {@code
 * dataset_params.name}, else its own. Two data sets may have the same one.
 */
public final class DatasetTitle {
  private static final String NPZ = ".npz";

  private DatasetTitle() {}

  /**
   * {@code MedMNIST: breastmnist}; of images of one's own the last folder of the path to them;
   * {@code APTOS2019}.
   */
  public static String of(RunConfig config) {
    if (config.dataset().name() != null) {
      return config.dataset().name();
    }
    DatasetName dataset = config.dataset().dataset();
    RunConfig.Medtrans own = config.medtrans();
    return switch (dataset) {
      case APTOS2019, ISIC2019, DDSM -> dataset.label();
      case MED_MNIST -> dataset.label() + ": " + withoutEnding(own.medmnist().file());
      case IMAGE_FOLDER -> folder(config, own.imageFolder());
      case DICOM -> folder(config, own.dicom());
      case CSV -> folder(config, own.csv());
    };
  }

  /** {@link #of}, and how much of the training images is used where that is not all. */
  public static String withFraction(RunConfig config) {
    return of(config) + fraction(config.trainFraction());
  }

  /** {@code , 10 % of the training images}; empty for all. */
  public static String fraction(double trainFraction) {
    return trainFraction == 1 ? "" : ", " + percent(trainFraction) + " of the training images";
  }

  /** {@code 2.5 %}. */
  public static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  private static String withoutEnding(String file) {
    return file.endsWith(NPZ) ? file.substring(0, file.length() - NPZ.length()) : file;
  }

  /** As the path is written: links are not followed, nothing is read. */
  private static String folder(RunConfig config, OwnData data) {
    String label = config.dataset().dataset().label();
    String below = Optional.ofNullable(data).map(OwnData::folder).orElse(label);
    Deque<String> steps = new ArrayDeque<>();
    for (String step : (config.dataset().dataLocation() + "/" + below).split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return steps.isEmpty() ? label : steps.getLast().replaceAll("\\p{C}", "\uFFFD");
  }
}
