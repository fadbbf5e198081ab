package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;

class ReportCommandTest extends CommandTest {
  private static final String REPORT = "GET /api/v1/experiments/" + Samples.ID + "/report?format=";

  @BeforeEach
  void experiments() {
    List<Summary> all =
        List.of(
            new Summary(
                Samples.ID,
                "../a sample",
                ExperimentState.SUCCEEDED,
                Instant.parse("2026-01-02T03:04:05Z")));
    gateway.on("GET /api/v1/experiments?page=0&size=1", 200, new ExperimentPage(all, 0, 1, 1));
    gateway.on("GET /api/v1/experiments?page=0&size=100", 200, new ExperimentPage(all, 0, 100, 1));
    gateway.onText(REPORT + "html&images=true", 200, "<p>±</p>");
    gateway.onText(REPORT + "zip&images=false", 200, "an archive");
  }

  private int report(String... arguments) {
    List<String> all = new ArrayList<>(List.of("report", "--gateway", gateway.url()));
    all.addAll(List.of(arguments));
    return medtrans(all.toArray(String[]::new));
  }

  @Test
  void theNewestIsWrittenAsAPageBesideTheWork() throws IOException {
    assertEquals(ExitCode.OK, report(), err::toString);
    Path file = folder.resolve("report-.._a_sample.html");
    assertEquals("<p>±</p>", Files.readString(file));
    assertEquals("Wrote " + file + "\n", out.toString());
  }

  @Test
  void anArchiveGoesWhereItIsToGo() throws IOException {
    assertEquals(
        ExitCode.OK,
        report("../a sample", "--format", "zip", "--no-images", "--out", "deep/a.zip"),
        err::toString);
    assertEquals("an archive", Files.readString(folder.resolve("deep/a.zip")));
  }

  @Test
  void whatIsUnknownIsExitCodeTwoAndWritesNothing() throws IOException {
    assertEquals(ExitCode.INVALID, report("--format", "docx"));
    assertTrue(err.toString().contains("docx"), err::toString);
    assertEquals(ExitCode.INVALID, report("nothing"));
    try (var files = Files.list(folder)) {
      assertFalse(files.anyMatch(f -> f.getFileName().toString().startsWith("report")));
    }
  }
}
