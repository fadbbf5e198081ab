package org.medtransformers.gateway.report.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.gateway.document.Block.Figure;
import org.medtransformers.gateway.document.Block.Pictures;
import org.medtransformers.gateway.document.Document;
import org.medtransformers.gateway.document.LatexWriter;
import org.medtransformers.gateway.document.MarkdownWriter;
import org.medtransformers.gateway.report.CsvReport;
import org.medtransformers.gateway.report.ReportFormat;
import org.medtransformers.gateway.report.content.Study.Trained;

/**
 * Everything of a report in one file. The same report gives the same bytes: names are sorted, and
 * no clock is asked.
 */
final class Archive {
  /** The first that the format can tell. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final Map<String, ReportFormat> TABLES =
      Map.of(
          "cells", ReportFormat.CSV,
          "tests", ReportFormat.CSV_TESTS,
          "verdicts", ReportFormat.CSV_VERDICTS,
          "ranks", ReportFormat.CSV_RANKS,
          "fractions", ReportFormat.CSV_FRACTIONS,
          "costs", ReportFormat.CSV_COSTS);

  private Archive() {}

  static byte[] of(Study study, Document document, String html) {
    Map<String, byte[]> files = new TreeMap<>();
    put(files, ReportForm.HTML.file(), html);
    put(files, ReportForm.MARKDOWN.file(), MarkdownWriter.write(document));
    put(files, ReportForm.LATEX.file(), LatexWriter.write(document));
    TABLES.forEach(
        (name, format) ->
            put(files, "tables/%s.csv".formatted(name), format.render(study.comparison())));
    put(files, "tables/runs.csv", CsvReport.csv(Reproduction.HEAD, Reproduction.lines(study)));
    put(files, "comparison.json", Json.pretty(study.comparison()));
    put(files, "experiment.json", Reproduction.document(study));
    for (Trained trained : study.runs()) {
      put(files, "runs/%s.json".formatted(trained.run().id), trained.run().file().text());
    }
    for (Figure figure : study.figures()) {
      put(files, "figures/%s.svg".formatted(figure.name()), figure.svg());
      put(files, "figures/%s.csv".formatted(figure.name()), figure.csv());
      // No LaTeX reads SVG by itself.
      byte[] png = figure.png().get();
      if (png.length > 0) {
        files.put("figures/%s.png".formatted(figure.name()), png);
      }
    }
    document
        .blocks(Pictures.class)
        .flatMap(pictures -> pictures.pictures().stream())
        .forEach(p -> files.put("images/%s.png".formatted(p.name()), p.png()));
    put(files, "README.txt", readme(study));
    put(files, "SHA256SUMS", sums(files));
    return zip(files);
  }

  private static void put(Map<String, byte[]> files, String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readme(Study study) {
    return """
        Report of experiment %s by medtransformers %s: report.html, the same as report.md and report.tex.
        figures/ has each figure as SVG and PNG and its numbers as CSV, tables/ the numbers in full, runs/ the resolved file of each run (its SHA-256 is in tables/runs.csv), images/ examples.
        experiment.json is the experiment file: ./medtrans run experiment.json makes it again. SHA256SUMS: sha256sum -c SHA256SUMS.
        """
        .formatted(study.experiment().id(), study.version());
  }

  private static String sums(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .map(file -> Sha256.of(file.getValue()) + "  " + file.getKey() + "\n")
        .collect(Collectors.joining());
  }

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
