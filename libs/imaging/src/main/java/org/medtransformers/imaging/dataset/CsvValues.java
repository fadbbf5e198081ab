package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * The values of a table, each text kept once however many rows have it, and what all of it takes of
 * the memory.
 */
final class CsvValues {
  /** A text beside its characters, and its place among those that are known. */
  private static final int BYTES_PER_TEXT = 100;

  private static final int BYTES_PER_ROW = 100;
  private static final int BYTES_PER_VALUE = 4;

  private final Path file;
  private final long most;
  private final Map<String, String> texts = new HashMap<>();
  private long bytes;

  /**
   * @param most bytes that the values may take
   */
  CsvValues(Path file, long most) {
    this.file = file;
    this.most = most;
  }

  /** The text that is kept of those equal to {@code value}. */
  String kept(String value) {
    String known = texts.putIfAbsent(value, value);
    if (known == null) {
      take(BYTES_PER_TEXT + 2L * value.length());
    }
    return known == null ? value : known;
  }

  /** A row that is kept. */
  List<String> row(List<String> values) {
    take(BYTES_PER_ROW + (long) BYTES_PER_VALUE * values.size());
    return List.copyOf(values);
  }

  private void take(long more) {
    bytes += more;
    if (bytes > most) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "label file %s: its values take more than the %d bytes that one may take of the memory"
                  .formatted(file, most)
              + " here; leave out columns, or give the process more");
    }
  }
}
