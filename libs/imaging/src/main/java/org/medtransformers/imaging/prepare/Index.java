package org.medtransformers.imaging.prepare;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * {@code index.csv}: one line per image, train, val, test. A row is read whenever it is asked for,
 * so that only where each line begins is in memory, four bytes for each. Safe for many threads.
 */
final class Index extends AbstractList<IndexRow> implements RandomAccess {
  private static final CsvMapper MAPPER = new CsvMapper();
  private static final CsvSchema LINE = MAPPER.schemaFor(IndexRow.class);
  private static final ObjectReader READER = MAPPER.readerFor(IndexRow.class).with(LINE);
  private static final ObjectWriter WRITER = MAPPER.writer(LINE.withHeader());

  private final ByteBuffer csv;

  /** Where the lines behind the header begin, and the end of the last. */
  private final int[] lines;

  /**
   * @param csv the whole file
   */
  Index(ByteBuffer csv) {
    this.csv = csv;
    this.lines = lines(csv);
  }

  /** A line's end in quotes is part of a value. */
  private static int[] lines(ByteBuffer csv) {
    IntStream.Builder starts = IntStream.builder();
    boolean quoted = false;
    for (int i = 0; i < csv.limit(); i++) {
      byte b = csv.get(i);
      quoted ^= b == '"';
      if (b == '\n' && !quoted) {
        starts.add(i + 1);
      }
    }
    return starts.build().toArray();
  }

  /** Writes the file, row by row. */
  static void write(List<IndexRow> rows, OutputStream out) throws IOException {
    try (SequenceWriter writer = WRITER.writeValues(out)) {
      writer.writeAll(rows);
    }
  }

  @Override
  public int size() {
    return Math.max(0, lines.length - 1);
  }

  /** Image {@code number}; throws {@link UncheckedIOException} where its line is damaged. */
  @Override
  public IndexRow get(int number) {
    Objects.checkIndex(number, size());
    byte[] line = new byte[lines[number + 1] - lines[number]];
    csv.get(lines[number], line);
    try {
      return READER.readValue(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
