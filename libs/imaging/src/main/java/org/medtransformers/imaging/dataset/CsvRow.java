package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A row of a label file.
 *
 * @param line of the file on which it begins, from 1
 * @param columns where each column's value stands, which all rows share
 */
record CsvRow(Path file, long line, Map<String, Integer> columns, List<String> values) {
  /** The value in {@code column}, which the file has. */
  String get(String column) {
    return values.get(columns.get(column));
  }

  /** The value in {@code column}; empty where the file has no such column. */
  String getIfThere(String column) {
    return columns.containsKey(column) ? get(column) : "";
  }
}
