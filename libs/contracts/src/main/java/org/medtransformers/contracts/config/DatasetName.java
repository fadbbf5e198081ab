package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The data sets whose layout is known, {@code dataset_params.dataset}. */
public enum DatasetName {
  APTOS2019("APTOS2019", null),
  ISIC2019("ISIC2019", null),
  DDSM("DDSM", null),
  MED_MNIST("MedMNIST", "medmnist"),
  IMAGE_FOLDER("ImageFolder", "image_folder"),
  DICOM("DICOM", "dicom"),
  CSV("CSV", "csv");

  private final String label;
  private final String ownKey;

  DatasetName(String label, String ownKey) {
    this.label = label;
    this.ownKey = ownKey;
  }

  /** The name in the experiment file, and of its folder. */
  @JsonValue
  public String label() {
    return label;
  }

  /** The data set called {@code label}, if there is one. */
  public static Optional<DatasetName> named(String label) {
    return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
  }

  /** The key of {@code medtrans} that describes it; empty where it describes itself. */
  public Optional<String> ownKey() {
    return Optional.ofNullable(ownKey);
  }

  @Override
  public String toString() {
    return label();
  }
}
