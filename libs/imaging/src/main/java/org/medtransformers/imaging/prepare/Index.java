package org.medtransformers.imaging.prepare;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code index.csv}: one line per image, train, val, test. */
final class Index {
  private static final CsvMapper MAPPER = new CsvMapper();
  private static final CsvSchema SCHEMA = MAPPER.schemaFor(IndexRow.class).withHeader();
  private static final ObjectReader READER = MAPPER.readerFor(IndexRow.class).with(SCHEMA);
  private static final ObjectWriter WRITER = MAPPER.writer(SCHEMA);

  private Index() {}

  static byte[] encode(List<IndexRow> rows) throws IOException {
    return WRITER.writeValueAsString(rows).getBytes(StandardCharsets.UTF_8);
  }

  static List<IndexRow> decode(byte[] csv) throws IOException {
    try (MappingIterator<IndexRow> rows = READER.readValues(csv)) {
      return List.copyOf(rows.readAll());
    }
  }
}
