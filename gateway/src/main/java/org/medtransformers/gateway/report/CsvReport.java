package org.medtransformers.gateway.report;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.medtransformers.contracts.Spreadsheets;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.PairedComparison;

/** Numbers in full, for other programs. */
public final class CsvReport {
  private static final CsvMapper MAPPER = new CsvMapper();

  private CsvReport() {}

  /** A line per cell of the table. */
  static String cells(ExperimentComparison comparison) {
    List<List<Object>> lines = new ArrayList<>();
    ComparisonTable table = comparison.table();
    for (ComparisonTable.Row row : table.rows()) {
      for (int c = 0; c < row.cells().size(); c++) {
        Cell cell = row.cells().get(c);
        if (cell != null) {
          lines.add(line(row, table.columns().get(c), cell));
        }
      }
    }
    return csv(
        List.of(
            "initialisation",
            "model",
            "dataset",
            "metric",
            "median",
            "std",
            "n",
            "planned",
            "folds",
            "pooled",
            "low",
            "high",
            "images",
            "groups",
            "folds_evaluated",
            "folds_at_hand",
            "folds_mean",
            "folds_std"),
        lines);
  }

  private static List<Object> line(ComparisonTable.Row row, Column column, Cell cell) {
    List<Object> line =
        new ArrayList<>(
            List.of(
                row.initialisation(),
                row.backbone(),
                column.dataset(),
                column.metric(),
                orEmpty(cell.median()),
                orEmpty(cell.std()),
                cell.n(),
                cell.planned()));
    line.addAll(cell.folds() == null ? Collections.nCopies(10, "") : folds(cell.folds()));
    return line;
  }

  private static List<Object> folds(ComparisonTable.Folds folds) {
    return List.of(
        folds.of(),
        orEmpty(folds.pooled()),
        orEmpty(folds.low()),
        orEmpty(folds.high()),
        orEmpty(folds.images()),
        orEmpty(folds.groups()),
        folds.evaluated(),
        folds.atHand(),
        folds.mean(),
        orEmpty(folds.std()));
  }

  /** A line per paired test. */
  static String tests(ExperimentComparison comparison) {
    return csv(
        List.of(
            "dataset",
            "metric",
            "first_initialisation",
            "first_model",
            "second_initialisation",
            "second_model",
            "repetitions",
            "images",
            "groups",
            "difference",
            "low",
            "high",
            "p",
            "p_holm",
            "folds",
            "divisions",
            "folds_t",
            "folds_df",
            "folds_p",
            "folds_p_holm",
            "interval",
            "draws",
            "first_better",
            "equivalent",
            "rope",
            "unit",
            "units",
            "standard_error",
            "needed",
            "few",
            "verdict"),
        comparison.tests().stream().map(CsvReport::line).toList());
  }

  private static List<Object> line(PairedComparison test) {
    PairedComparison.Difference difference = test.difference();
    List<Object> line = new ArrayList<>(difference(test, difference));
    line.addAll(test.folds() == null ? Collections.nCopies(6, "") : folds(test.folds()));
    line.addAll(claim(test.difference(), test.claim()));
    return line;
  }

  private static List<Object> claim(
      PairedComparison.Difference difference, PairedComparison.Claim claim) {
    return List.of(
        difference.method().key(),
        difference.draws(),
        claim.firstBetter(),
        claim.equivalent(),
        claim.rope(),
        claim.unit(),
        claim.units(),
        claim.standardError(),
        orEmpty(claim.needed()),
        String.join("; ", claim.few()),
        claim.decision().key());
  }

  /** A line per data set. */
  static String verdicts(ExperimentComparison comparison) {
    return csv(
        List.of("dataset", "metric", "best_initialisation", "best_model", "verdict"),
        comparison.verdicts().stream()
            .map(
                v ->
                    List.<Object>of(
                        v.dataset(),
                        v.metric(),
                        v.best().initialisation(),
                        v.best().backbone(),
                        v.sentence()))
            .toList());
  }

  private static List<Object> folds(PairedComparison.AcrossFolds folds) {
    return List.of(
        folds.folds(),
        folds.divisions(),
        folds.t(),
        folds.degreesOfFreedom(),
        folds.p(),
        folds.pHolm());
  }

  private static List<Object> difference(
      PairedComparison test, PairedComparison.Difference difference) {
    return List.of(
        test.dataset(),
        test.metric(),
        test.first().initialisation(),
        test.first().backbone(),
        test.second().initialisation(),
        test.second().backbone(),
        test.repetitions(),
        test.images(),
        orEmpty(test.groups()),
        difference.value(),
        difference.low(),
        difference.high(),
        difference.p(),
        difference.pHolm());
  }

  static Object orEmpty(Object value) {
    return value == null ? "" : value;
  }

  /**
   * A line for {@code head}, and one for each of {@code lines}, as {@link Spreadsheets} has them.
   */
  public static String csv(List<String> head, List<? extends List<?>> lines) {
    CsvSchema.Builder schema = CsvSchema.builder();
    head.forEach(schema::addColumn);
    ObjectWriter writer = MAPPER.writer(schema.build().withHeader());
    try {
      return writer.writeValueAsString(
          lines.stream().map(line -> line.stream().map(Spreadsheets::harmless).toList()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
