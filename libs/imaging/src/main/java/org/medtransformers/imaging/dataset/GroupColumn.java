package org.medtransformers.imaging.dataset;

import java.util.stream.Stream;

/**
 * The column of patients or lesions.
 *
 * @param name null where there is none
 */
record GroupColumn(String name) {
  /** The first that is given. */
  static GroupColumn of(String first, String second) {
    return new GroupColumn(first == null ? second : first);
  }

  Stream<String> columns() {
    return Stream.ofNullable(name);
  }

  /** Empty where unknown. */
  String of(CsvRow row) {
    String group = name == null ? "" : row.getIfThere(name);
    return PlainText.isNotKnown(group) ? "" : group;
  }
}
