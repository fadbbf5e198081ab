package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;

/** A column that names the class of each row's image. */
record LabelColumn(String column, LabelNames names) {

  /**
   * Reads the classes; a row without one is refused.
   *
   * @param idColumn what to call a row by
   * @param classes see {@link LabelNames#of}
   */
  static LabelColumn of(
      Path file, String column, String idColumn, List<String> classes, List<CsvRow> rows) {
    for (CsvRow row : rows) {
      String label = row.get(column);
      if (PlainText.isNoLabel(label) && (classes == null || !classes.contains(label))) {
        throw Labels.outOfRange(
            row, row.get(idColumn), label, "names of classes in column " + column);
      }
    }
    return new LabelColumn(
        column,
        LabelNames.of(
            rows.stream().map(row -> row.get(column)).toList(),
            classes,
            "label file %s, column %s,".formatted(file, column)));
  }

  int number(CsvRow row) {
    return names.number(row.get(column));
  }
}
