package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A column that names the class of each row's image. */
record LabelColumn(String column, LabelNames names) {

  /**
   * Reads the classes; a row without one is refused.
   *
   * @param idColumn what to call a row by
   * @param classes see {@link LabelNames#of}
   */
  static LabelColumn of(
      Path file,
      String column,
      String idColumn,
      List<String> classes,
      List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      if (row.get(column).isEmpty()) {
        throw Labels.outOfRange(
            file, row.get(idColumn), "", "names of classes in column " + column);
      }
    }
    if (rows.isEmpty()) {
      throw Labels.invalid(file, "lists no image");
    }
    return new LabelColumn(
        column,
        LabelNames.of(
            rows.stream().map(row -> row.get(column)).toList(),
            classes,
            "label file %s, column %s,".formatted(file, column)));
  }

  int number(Map<String, String> row) {
    return names.number(row.get(column));
  }
}
