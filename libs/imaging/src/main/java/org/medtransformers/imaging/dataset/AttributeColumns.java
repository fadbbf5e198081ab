package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns of what else is known of the patient or the image.
 *
 * @param byAttribute columns by the names of attributes
 */
record AttributeColumns(Map<String, String> byAttribute) {
  private static final String AGE = "age";
  private static final int MOST = 100;

  /** Columns whose attributes are called as they are; none where {@code names} is null. */
  static AttributeColumns named(List<String> names) {
    return new AttributeColumns(
        names == null
            ? Map.of()
            : names.stream().distinct().collect(Collectors.toMap(Function.identity(), n -> n)));
  }

  Collection<String> columns() {
    return byAttribute.values();
  }

  /**
   * Refuses a column with so many values that its subgroups would tell nothing; ages are put
   * together in bands.
   */
  void requireFew(Path file, List<Map<String, String>> rows) {
    byAttribute.forEach(
        (attribute, column) -> {
          long values = rows.stream().map(row -> row.get(column)).distinct().count();
          if (values > MOST && !attribute.equals(AGE)) {
            throw Labels.invalid(
                file,
                "has %d different values in column %s, allowed for subgroup_columns are %d"
                    .formatted(values, column, MOST));
          }
        });
  }

  /** Of one image; without those whose column is empty or missing. */
  SortedMap<String, String> of(Map<String, String> row) {
    SortedMap<String, String> known = new TreeMap<>();
    byAttribute.forEach(
        (attribute, column) -> {
          String value = row.getOrDefault(column, "");
          if (!value.isEmpty()) {
            known.put(attribute, value);
          }
        });
    return known;
  }
}
