package org.medtransformers.experiment;

import java.nio.file.Path;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.config.RunConfig;

/**
 * Which images a phase has, however it divides them.
 *
 * @param which of those of that kind and place
 */
record PhaseImages(DatasetName dataset, Path location, String which) {
  static PhaseImages of(RunConfig run) {
    DatasetName dataset = run.dataset().dataset();
    Path location = Path.of(run.dataset().dataLocation()).normalize();
    return new PhaseImages(dataset, location, which(run.medtrans(), dataset));
  }

  private static String which(RunConfig.Medtrans own, DatasetName dataset) {
    return switch (dataset) {
      case APTOS2019, ISIC2019 -> dataset.label();
      case DDSM -> dataset.label() + " " + own.ddsm().mode();
      case MED_MNIST -> own.medmnist().file();
      case IMAGE_FOLDER -> folder(own.imageFolder(), dataset);
      case DICOM -> folder(own.dicom(), dataset);
      case CSV -> folder(own.csv(), dataset);
    };
  }

  private static String folder(OwnData data, DatasetName dataset) {
    return data == null || data.folder() == null ? dataset.label() : data.folder();
  }

  /** What to call them beside {@code others}; empty where they are the same. */
  String beside(PhaseImages others) {
    if (dataset != others.dataset()) {
      return dataset.label();
    }
    if (!which.equals(others.which())) {
      return which;
    }
    return location.equals(others.location()) ? "" : location.toString();
  }
}
