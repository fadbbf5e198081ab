package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.LabelEfficiency;
import org.medtransformers.contracts.result.LabelEfficiency.Curve;
import org.medtransformers.contracts.result.LabelEfficiency.Point;
import org.medtransformers.contracts.result.ModelRanks;
import org.medtransformers.contracts.result.ModelRanks.Ranked;
import org.medtransformers.contracts.result.PairedComparison.Model;

class ResultsCommandTest extends CommandTest {
  private static final String COMPARISON =
      "GET /api/v1/experiments/" + Samples.ID + "/comparison?format=";

  @BeforeEach
  void experiments() {
    Summary newest = summary(Samples.ID, "sample");
    List<Summary> all = List.of(newest, summary("e1dead", "older"), summary("abc", "sample"));
    gateway.on(
        "GET /api/v1/experiments?page=0&size=1", 200, new ExperimentPage(List.of(newest), 0, 1, 3));
    gateway.on("GET /api/v1/experiments?page=0&size=100", 200, new ExperimentPage(all, 0, 100, 3));
    gateway.on(
        "GET /api/v1/experiments/" + Samples.ID,
        200,
        Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)));
    for (String format : List.of("text", "md")) {
      gateway.onText(COMPARISON + format, 200, "the comparison as " + format + "\n");
    }
  }

  private static Summary summary(String id, String name) {
    return new Summary(id, name, ExperimentState.SUCCEEDED, Instant.parse("2026-01-02T03:04:05Z"));
  }

  private int results(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "results";
    all[1] = "--gateway";
    all[2] = gateway.url();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return medtrans(all);
  }

  @Test
  void withoutANameTheNewestIsShownWithEveryMetric() {
    assertEquals(ExitCode.OK, results(), err::toString);
    assertTrue(out.toString().contains("the comparison as text"), out::toString);
    assertTrue(
        out.toString()
            .lines()
            .anyMatch(l -> l.matches("APTOS2019 resnet18 random #1 .*test .*1\\.2500.*")));
  }

  @Test
  void aNameMeansItsNewestAndThenTheBeginningOfAnId() {
    assertEquals(ExitCode.OK, results("sample"));
    assertEquals(ExitCode.OK, results("e1c"));
    assertEquals(2, gateway.requests("GET", "/api/v1/experiments/" + Samples.ID).size());
  }

  @Test
  void whatIsUnknownOrAmbiguousIsExitCodeTwo() {
    assertEquals(ExitCode.INVALID, results("e1"));
    assertTrue(err.toString().contains("e1c0ffee, e1dead"), err::toString);
    assertEquals(ExitCode.INVALID, results("nothing"));
  }

  @Test
  void jsonIsAllThatIsPrinted() {
    assertEquals(ExitCode.OK, results("--json"));
    ExperimentResult result = Json.read(out.toString(), ExperimentResult.class);
    assertEquals(Samples.ID, result.experiment().id());
  }

  @Test
  void theComparisonAloneIsPrintedInTheFormatAskedFor() {
    assertEquals(ExitCode.OK, results("--format", "md"));
    assertEquals("the comparison as md\n", out.toString());
  }

  @Test
  void theOutputGoesToAFileIfOneIsGiven() throws IOException {
    Path file = folder.resolve("table/of.md");
    assertEquals(ExitCode.OK, results("--format", "md", "--output", file.toString()));
    assertEquals("the comparison as md\n", Files.readString(file));
    assertEquals("", out.toString());
  }

  @Test
  void severalExperimentsComeIntoOneTable() {
    gateway.onText(COMPARISON + "text&with=e1dead", 200, "both\n");
    assertEquals(ExitCode.OK, results("sample", "older"));
    assertEquals("both\n", out.toString());
  }

  @Test
  void whatFewerLabelsCostIsDrawnOfSeveralExperimentsToo() throws IOException {
    Point all = new Point(1, 70.0, new Cell(0.5, 0.1, 2, 2, List.of(0.4, 0.6)));
    Point tenth = new Point(0.1, 7.0, new Cell(0.25, 0.1, 2, 2, List.of(0.15, 0.35)));
    ExperimentComparison both =
        new ExperimentComparison(
            List.of(),
            new ComparisonTable(List.of(), List.of()),
            List.of(),
            List.of(),
            null,
            List.of(
                new LabelEfficiency(
                    "APTOS2019",
                    true,
                    "cohen_kappa",
                    List.of(new Curve("random", "resnet18", List.of(tenth, all))))),
            List.of(),
            List.of());
    gateway.onText(COMPARISON + "text&with=e1dead", 200, "both\n");
    gateway.onText(COMPARISON + "json&with=e1dead", 200, Json.write(both));
    Path plot = folder.resolve("made/fewer.png");
    assertEquals(ExitCode.OK, results("sample", "older", "--plot", plot.toString()));
    assertEquals("both\n", out.toString());
    assertEquals(960, ImageIO.read(plot.toFile()).getWidth());
    gateway.on(COMPARISON + "json", 200, comparison(null));
    assertEquals(ExitCode.OK, results("sample", "--plot", "nothing.png"));
    assertTrue(err.toString().contains("Nothing to plot"), err::toString);
  }

  @Test
  void theRanksOfModelsOverDataSetsAreDrawn() {
    ModelRanks ranks =
        new ModelRanks(
            List.of("eyes", "skin"),
            Stream.of("a", "b", "c")
                .map(name -> new Ranked(new Model("random", name), 2, List.of(0.5, 0.5)))
                .toList(),
            Double.NaN,
            2,
            Double.NaN,
            0.05,
            2.3,
            List.of(),
            List.of());
    gateway.onText(COMPARISON + "text&with=e1dead", 200, "both\n");
    gateway.on(COMPARISON + "json&with=e1dead", 200, comparison(ranks));
    gateway.on(COMPARISON + "json", 200, comparison(ranks));
    Path both = folder.resolve("both.png");
    assertEquals(ExitCode.OK, results("sample", "older", "--plot", both.toString()));
    assertEquals("both\n", out.toString());
    Path one = folder.resolve("one.png");
    assertEquals(ExitCode.OK, results("sample", "--plot", one.toString()));
    assertTrue(Files.isRegularFile(both) && Files.isRegularFile(one), err::toString);
  }

  private static ExperimentComparison comparison(ModelRanks ranks) {
    return new ExperimentComparison(
        List.of(),
        new ComparisonTable(List.of(), List.of()),
        List.of(),
        List.of(),
        ranks,
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void allAreListed() {
    assertEquals(ExitCode.OK, results("--all"));
    assertEquals(4, out.toString().lines().count());
  }
}
