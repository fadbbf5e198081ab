package org.medtransformers.imaging.dataset;

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
