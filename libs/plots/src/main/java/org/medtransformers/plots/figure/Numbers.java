package org.medtransformers.plots.figure;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a figure, as CSV. A text that a spreadsheet would take for a formula begins with
 * an apostrophe; numbers stay numbers.
 */
public final class Numbers {
  private static final CsvMapper MAPPER = new CsvMapper();
  private static final String FORMULA = "=+-@\t\r";

  private final List<String> head;
  private final List<List<Object>> lines = new ArrayList<>();

  /** Columns of these names, without a line. */
  public Numbers(String... head) {
    this.head = List.of(head);
  }

  /**
   * One more line, a value for each column; null is an empty cell.
   *
   * @throws IllegalArgumentException where there are more or fewer
   */
  public Numbers line(Object... values) {
    if (values.length != head.size()) {
      throw new IllegalArgumentException(
          "found %d values, allowed: %d".formatted(values.length, head.size()));
    }
    List<Object> line = new ArrayList<>();
    for (Object value : values) {
      line.add(value == null ? "" : value instanceof String text ? guarded(text) : value);
    }
    lines.add(line);
    return this;
  }

  private static String guarded(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** The head and all lines. */
  public String csv() {
    CsvSchema.Builder schema = CsvSchema.builder();
    head.forEach(schema::addColumn);
    ObjectWriter writer = MAPPER.writer(schema.build().withHeader());
    try {
      return writer.writeValueAsString(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
