package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.TextFile;
import org.medtransformers.imaging.HeapShare;

/** Checks that the label files of all data sets share. */
final class Labels {
  private Labels() {}

  static MedtransException outOfRange(Path file, String id, String found, String allowed) {
    return outOfRange("label file " + file, id, found, allowed);
  }

  static MedtransException outOfRange(CsvRow row, String id, String found, String allowed) {
    return outOfRange(row.file(), row.line(), id, found, allowed);
  }

  static MedtransException outOfRange(
      Path file, long line, String id, String found, String allowed) {
    return outOfRange("label file %s, line %d".formatted(file, line), id, found, allowed);
  }

  private static MedtransException outOfRange(
      String where, String id, String found, String allowed) {
    return MedtransException.of(
        ErrorCode.LABEL_OUT_OF_RANGE,
        "%s, id %s: label is '%s', allowed are %s".formatted(where, id, found, allowed));
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

  /** The characters of {@code file}, no more than there is room for. */
  static String text(Path file) {
    return text(file, HeapShare.ofThisProcess().labelFile());
  }

  static String text(Path file, long most) {
    try {
      long size = Files.size(file);
      if (size > most) {
        throw invalid(
            file,
            "has %d bytes, allowed are %d, a share of this process's memory".formatted(size, most));
      }
      return TextFile.read(file);
    } catch (TextFile.EncodingException e) {
      throw invalid(file, e.getMessage());
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e);
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
