package org.medtransformers.imaging.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A CSV file with a header (RFC 4180: quotes, line breaks inside them; also a byte order mark and
 * either line end).
 *
 * @param rows values by column name
 */
record CsvTable(Path file, List<Map<String, String>> rows) {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .build();

  /** Reads {@code file}, which must have at least {@code columns}. */
  static CsvTable read(Path file, List<String> columns) {
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<Map<String, String>> lines =
            MAPPER
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(in)) {
      List<Map<String, String>> rows = new ArrayList<>();
      checkHeader(file, (CsvSchema) lines.getParserSchema(), columns);
      while (lines.hasNextValue()) {
        rows.add(lines.nextValue());
      }
      return new CsvTable(file, rows);
    } catch (JsonProcessingException e) {
      throw invalid(
          file, "line %d: %s".formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
    } catch (IOException | RuntimeJsonMappingException e) {
      throw invalid(file, e.getMessage());
    }
  }

  /** Whether the rows have {@code column}. */
  boolean has(String column) {
    return !rows.isEmpty() && rows.get(0).containsKey(column);
  }

  private static void checkHeader(Path file, CsvSchema schema, List<String> columns) {
    for (String column : columns) {
      if (schema.column(column) == null) {
        throw invalid(
            file, "there is no column %s, only %s".formatted(column, schema.getColumnNames()));
      }
    }
  }

  private static MedtransException invalid(Path file, String problem) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID, "label file %s: %s".formatted(file, problem));
  }
}
