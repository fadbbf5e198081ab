package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** The data sets whose layout is known, {@code dataset_params.dataset}. */
public enum DatasetName {
  APTOS2019("APTOS2019"),
  ISIC2019("ISIC2019"),
  DDSM("DDSM"),
  MED_MNIST("MedMNIST"),
  IMAGE_FOLDER("ImageFolder"),
  DICOM("DICOM"),
  CSV("CSV");

  private final String label;

  DatasetName(String label) {
    this.label = label;
  }

  /** The name in the experiment file, and of its folder. */
  @JsonValue
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label();
  }
}
