package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void requireFew(Path file, List<CsvRow> rows) {
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

  /** Of one image; without those of which the row knows nothing. An age is in years. */
  SortedMap<String, String> of(CsvRow row) {
    SortedMap<String, String> known = new TreeMap<>();
    byAttribute.forEach(
        (attribute, column) ->
            known(attribute, row.getIfThere(column))
                .ifPresent(value -> known.put(attribute, value)));
    return known;
  }

  private static Optional<String> known(String attribute, String value) {
    if (PlainText.isNotKnown(value)) {
      return Optional.empty();
    }
    if (!attribute.equals(AGE)) {
      return Optional.of(value);
    }
    return AgeText.years(value).map(y -> value.matches("\\d+(\\.\\d+)?") ? value : y.toString());
  }
}
