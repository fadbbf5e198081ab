package org.medtransformers.gateway.report;

import java.util.Arrays;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.Choice;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.gateway.document.LatexWriter;
import org.medtransformers.gateway.document.MarkdownWriter;
import org.medtransformers.gateway.document.TextWriter;

/** The forms in which a comparison is to be had. */
public enum ReportFormat {
  JSON("json", "application/json"),
  TEXT("text", "text/plain"),
  MARKDOWN("md", "text/markdown"),
  CSV("csv", "text/csv"),
  CSV_TESTS("csv-tests", "text/csv"),
  CSV_VERDICTS("csv-verdicts", "text/csv"),
  CSV_RANKS("csv-ranks", "text/csv"),
  CSV_FRACTIONS("csv-fractions", "text/csv"),
  CSV_COSTS("csv-costs", "text/csv"),
  LATEX("latex", "application/x-latex");

  private final String key;
  private final String mediaType;

  ReportFormat(String key, String mediaType) {
    this.key = key;
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  public String render(ExperimentComparison comparison) {
    return switch (this) {
      case JSON -> Json.pretty(comparison);
      case TEXT -> TextWriter.write(ComparisonBlocks.of(comparison));
      case MARKDOWN -> MarkdownWriter.write(ComparisonBlocks.of(comparison));
      case CSV -> CsvReport.cells(comparison);
      case CSV_TESTS -> CsvReport.tests(comparison);
      case CSV_VERDICTS -> CsvReport.verdicts(comparison);
      case CSV_RANKS -> RankRows.csv(comparison.ranks());
      case CSV_FRACTIONS -> LabelEfficiencyCsv.render(comparison.labelEfficiency());
      case CSV_COSTS -> CostCsv.render(comparison.costs());
      case LATEX -> LatexWriter.fragment(ComparisonBlocks.of(comparison));
    };
  }

  /**
   * The format that requests call {@code key}.
   *
   * @throws MedtransException {@code INVALID_REQUEST} naming those there are
   */
  public static ReportFormat of(String key) {
    return Choice.of("format", values(), format -> format.key, key);
  }

  /** The first format of {@code mediaType}. */
  public static Optional<ReportFormat> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(f -> f.mediaType.equals(mediaType)).findFirst();
  }
}
