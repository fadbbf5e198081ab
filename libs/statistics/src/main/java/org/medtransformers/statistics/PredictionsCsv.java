package org.medtransformers.statistics;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.Spreadsheets;

/**
 * Predictions as CSV: {@code image,group,label,prediction,probability_0,…}, several classes with
 * {@code ;} between them. Numbers are written so that reading gives the very same. Names of images
 * and groups are harmless in {@link Spreadsheets}.
 */
public final class PredictionsCsv {
  private static final List<String> FIXED = List.of("image", "group", "label", "prediction");
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
  private static final ObjectReader READER = MAPPER.readerFor(String[].class);

  private PredictionsCsv() {}

  /**
   * The whole file.
   *
   * @param classes probabilities per image
   */
  public static String write(List<PredictedImage> images, int classes) {
    Stream<String> probabilities = IntStream.range(0, classes).mapToObj(c -> "probability_" + c);
    CsvSchema.Builder schema = CsvSchema.builder();
    Stream.concat(FIXED.stream(), probabilities).forEach(schema::addColumn);
    try {
      return MAPPER
          .writer(schema.build().withHeader())
          .writeValueAsString(images.stream().map(PredictionsCsv::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> line(PredictedImage image) {
    List<String> line = new ArrayList<>();
    line.add(Spreadsheets.harmless(image.image()));
    line.add(Spreadsheets.harmless(image.group()));
    line.add(joined(image.classes()));
    line.add(joined(image.prediction()));
    image.probabilities().forEach(p -> line.add(Double.toString(p)));
    return line;
  }

  private static String joined(List<Integer> classes) {
    return classes.stream().map(Object::toString).collect(Collectors.joining(";"));
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IllegalArgumentException if {@code csv} is something else, naming the line
   */
  public static List<PredictedImage> read(String csv) {
    return read(new StringReader(csv));
  }

  /**
   * The same of a file that may be too long to be held as a text; the list takes little more memory
   * than its numbers and the images' names.
   *
   * @throws IllegalArgumentException also where {@code csv} cannot be read
   */
  public static List<PredictedImage> read(Reader csv) {
    try (MappingIterator<String[]> lines = READER.readValues(csv)) {
      String[] first = lines.hasNextValue() ? lines.nextValue() : new String[] {};
      if (!List.of(first).subList(0, Math.min(FIXED.size(), first.length)).equals(FIXED)) {
        throw new IllegalArgumentException(
            "the first line is not " + String.join(",", FIXED) + ",…");
      }
      PredictionColumns images = new PredictionColumns(first.length - FIXED.size());
      while (lines.hasNextValue()) {
        add(lines.nextValue(), first.length, images);
      }
      return images;
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void add(String[] line, int columns, PredictionColumns images) {
    int number = images.size() + 1;
    try {
      if (line.length != columns) {
        throw new NumberFormatException(line.length + " columns instead of " + columns);
      }
      images.add(
          Spreadsheets.original(line[0]),
          Spreadsheets.original(line[1]),
          classes(line[2]),
          classes(line[3]),
          Arrays.stream(line).skip(FIXED.size()).mapToDouble(Double::parseDouble).toArray());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("image %d: %s".formatted(number, e.getMessage()), e);
    }
  }

  private static List<Integer> classes(String joined) {
    return joined.isEmpty()
        ? List.of()
        : Arrays.stream(joined.split(";")).map(Integer::valueOf).toList();
  }
}
