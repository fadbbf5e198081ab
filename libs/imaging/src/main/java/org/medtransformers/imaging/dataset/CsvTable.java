package org.medtransformers.imaging.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;

/**
 * A CSV file with a header (RFC 4180: quotes, line breaks inside them; also a byte order mark and
 * either line end). Values stand between commas, or between semicolons or tabulators where only so
 * the header has the columns that are asked for. Rows of empty values, which spreadsheets leave
 * behind, are passed over, and so are columns without a name.
 */
record CsvTable(Path file, List<String> columns, List<CsvRow> rows) {
  private static final int MOST_COLUMNS = 10_000;
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

  /** By which Excel tells itself the separator; the line's end stays, so that lines keep number. */
  private static final Pattern SEPARATOR_LINE = Pattern.compile("\\Asep=.(?=\\R)");

  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  /** Values as they stand in one row. */
  private record Line(long number, List<String> values) {
    boolean isEmpty() {
      return values.stream().allMatch(String::isEmpty);
    }
  }

  /** Reads {@code file}, which must have at least {@code columns}. */
  static CsvTable read(Path file, List<String> columns) {
    return read(file, columns, HeapShare.ofThisProcess().table());
  }

  /** The same, where its values may take {@code most} bytes of the memory. */
  static CsvTable read(Path file, List<String> columns, long most) {
    String text = SEPARATOR_LINE.matcher(Labels.text(file)).replaceFirst("");
    char separator =
        SEPARATORS.stream()
            .filter(s -> header(file, text, s).containsAll(columns))
            .findFirst()
            .orElse(SEPARATORS.get(0));
    CsvValues values = new CsvValues(file, most);
    List<Line> lines = lines(file, text, separator, values);
    List<String> header = lines.isEmpty() ? List.of() : lines.get(0).values();
    columns.forEach(column -> requireColumn(file, header, column));
    requireDistinct(file, header);
    Map<String, Integer> places = new HashMap<>();
    IntStream.range(0, header.size()).forEach(i -> places.putIfAbsent(header.get(i), i));
    places.remove("");
    Stream<Line> filled = lines.stream().skip(1).filter(l -> !l.isEmpty());
    return new CsvTable(file, header, filled.map(l -> row(file, header, places, l)).toList());
  }

  /** Empty where the file does not begin with a row of values between {@code separator}s. */
  private static List<String> header(Path file, String text, char separator) {
    try (CsvParser parser = parser(text, separator)) {
      return parser.nextToken() == JsonToken.START_ARRAY
          ? line(file, parser, UnaryOperator.identity()).values()
          : List.of();
    } catch (IOException e) {
      // What is wrong with it is told when it is read with the separator that is chosen.
      return List.of();
    }
  }

  private static CsvParser parser(String text, char separator) throws IOException {
    CsvParser parser = FACTORY.createParser(text);
    parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
    return parser;
  }

  private static List<Line> lines(Path file, String text, char separator, CsvValues values) {
    List<Line> lines = new ArrayList<>();
    try (CsvParser parser = parser(text, separator)) {
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        Line line = line(file, parser, values::kept);
        lines.add(new Line(line.number(), values.row(line.values())));
      }
      return lines;
    } catch (JsonProcessingException e) {
      throw invalid(file, e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e);
    }
  }

  private static Line line(Path file, JsonParser parser, UnaryOperator<String> kept)
      throws IOException {
    List<String> values = new ArrayList<>();
    long number = parser.currentLocation().getLineNr();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(kept.apply(PlainText.of(parser.getText())));
      if (values.size() > MOST_COLUMNS) {
        throw invalid(
            file, number, "has more values than the %d that are allowed".formatted(MOST_COLUMNS));
      }
    }
    return new Line(number, values);
  }

  private static void requireColumn(Path file, List<String> header, String column) {
    if (!header.contains(column)) {
      throw invalid(file, "there is no column %s, only %s".formatted(column, header));
    }
  }

  private static void requireDistinct(Path file, List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      int first = header.indexOf(header.get(i));
      if (first < i && !header.get(i).isEmpty()) {
        throw invalid(
            file,
            "columns %d and %d are both called %s; allowed is one of a name"
                .formatted(first + 1, i + 1, header.get(i)));
      }
    }
  }

  private static CsvRow row(
      Path file, List<String> header, Map<String, Integer> places, Line line) {
    List<String> values = line.values();
    for (int i = 0; i < Math.max(header.size(), values.size()); i++) {
      String column = i < header.size() ? header.get(i) : "";
      boolean missing = i >= values.size() && !column.isEmpty();
      boolean tooMany = i >= header.size() && !values.get(i).isEmpty();
      if (missing || tooMany) {
        throw invalid(
            file,
            line.number(),
            "found %d values, allowed: %d, as in the header"
                .formatted(values.size(), header.size()));
      }
    }
    return new CsvRow(file, line.number(), places, values);
  }

  /** Refuses a file without {@code column}. */
  void requireColumn(String column) {
    requireColumn(file, columns, column);
  }

  /** Whether the file has {@code column}; null is none. */
  boolean has(String column) {
    return column != null && columns.contains(column);
  }

  /** Refuses a file without rows, one without an id, and an id that occurs twice. */
  CsvTable requireIds(String column) {
    if (rows.isEmpty()) {
      throw Labels.invalid(file, "lists no image");
    }
    Map<String, Long> lines = new HashMap<>();
    for (CsvRow row : rows) {
      String id = row.get(column);
      if (id.isEmpty()) {
        throw invalid(file, row.line(), "a row without an id in column " + column);
      }
      Long before = lines.put(id, row.line());
      if (before != null) {
        throw invalid(
            file, row.line(), "lists id %s twice, first in line %d".formatted(id, before));
      }
    }
    return this;
  }

  private static MedtransException invalid(Path file, String problem) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID, "label file %s: %s".formatted(file, problem));
  }

  private static MedtransException invalid(Path file, long line, String problem) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID, "label file %s, line %d: %s".formatted(file, line, problem));
  }
}
