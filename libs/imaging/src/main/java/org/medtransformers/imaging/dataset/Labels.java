package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Checks that the label files of all data sets share. */
final class Labels {
  private Labels() {}

  static MedtransException outOfRange(Path file, String id, String found, String allowed) {
    return MedtransException.of(
        ErrorCode.LABEL_OUT_OF_RANGE,
        "label file %s, id %s: label is '%s', allowed are %s".formatted(file, id, found, allowed));
  }

  /** Refuses an empty list and an id that occurs twice. */
  static List<Sample> checked(Path file, List<Sample> samples) {
    if (samples.isEmpty()) {
      throw invalid(file, "lists no image");
    }
    requireDistinctIds(file, samples);
    return samples;
  }

  /** Refuses an empty id and one that occurs twice. */
  static void requireDistinctIds(Path file, List<Sample> samples) {
    Set<String> ids = new HashSet<>();
    for (Sample sample : samples) {
      if (sample.id().isEmpty()) {
        throw invalid(file, "has a row without an id");
      }
      if (!ids.add(sample.id())) {
        throw invalid(file, "lists id " + sample.id() + " twice");
      }
    }
  }

  static MedtransException invalidFolder(Path folder, String problem) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID, "image folder " + folder + " " + problem);
  }

  static MedtransException invalid(Path file, String problem) {
    return MedtransException.of(ErrorCode.DATASET_INVALID, "label file " + file + " " + problem);
  }
}
