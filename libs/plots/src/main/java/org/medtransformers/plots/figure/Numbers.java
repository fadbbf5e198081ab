package org.medtransformers.plots.figure;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.Spreadsheets;

/** The numbers of a figure, as CSV that is harmless in {@link Spreadsheets}. */
public final class Numbers {
  private static final CsvMapper MAPPER = new CsvMapper();

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
      line.add(value == null ? "" : Spreadsheets.harmless(value));
    }
    lines.add(line);
    return this;
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
