package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the folders of an {@code ImageFolder} say, {@code medtrans.image_folder.labels}. */
public enum FolderLabels {
  /** The class of the images in them. */
  FOLDERS,
  /** Nothing: the images have no labels. */
  NONE;

  /** The name in the experiment file. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
