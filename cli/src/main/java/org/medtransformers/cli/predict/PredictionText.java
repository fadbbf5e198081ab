package org.medtransformers.cli.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.contracts.Spreadsheets;
import org.medtransformers.inference.Prediction;

/**
 * Predictions as text.
 *
 * @param classes their names
 */
public record PredictionText(List<String> classes, List<Prediction> predictions) {
  private static final CsvMapper MAPPER = new CsvMapper();

  /** For people: image, predicted class, its probability; a line for each class of several. */
  public String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("image", "prediction", "probability"));
    for (Prediction prediction : predictions) {
      String image = Columns.printable(prediction.image());
      if (prediction.classes().isEmpty()) {
        rows.add(List.of(image, "(none)", ""));
      }
      for (int c : prediction.classes()) {
        String probability = String.format(Locale.ROOT, "%.4f", prediction.probabilities().get(c));
        rows.add(List.of(image, Columns.printable(classes.get(c)), probability));
      }
    }
    return Columns.render(rows);
  }

  /**
   * For programs: {@code image,prediction,probability:NAME,…}, classes by name, several predicted
   * ones with {@code ;} between them. Numbers are written so that reading gives the very same, and
   * names are harmless in {@link Spreadsheets}.
   */
  public String csv() {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("image", "prediction"));
    classes.forEach(name -> header.add("probability:" + name));
    lines.add(header);
    for (Prediction prediction : predictions) {
      List<String> line = new ArrayList<>();
      line.add(Spreadsheets.harmless(prediction.image()));
      line.add(Spreadsheets.harmless(named(prediction)));
      prediction.probabilities().forEach(p -> line.add(Double.toString(p)));
      lines.add(line);
    }
    try {
      return MAPPER.writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String named(Prediction prediction) {
    return prediction.classes().stream().map(classes::get).collect(Collectors.joining(";"));
  }
}
