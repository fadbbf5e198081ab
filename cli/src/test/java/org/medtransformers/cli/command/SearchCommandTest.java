package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.LearningRateSearch;

/** {@code run --lr_finder}, and what is seen of it. */
class SearchCommandTest extends CommandTest {
  private static final String EXPERIMENTS = "/api/v1/experiments";

  private int search(ExperimentView outcome, String... flags) throws IOException {
    gateway.on("POST " + EXPERIMENTS, 201, outcome);
    gateway.on("GET " + EXPERIMENTS + "/" + Samples.ID, 200, outcome);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", experimentFile().toString(), "--gateway", gateway.url()));
    arguments.addAll(List.of(flags));
    return medtrans(arguments.toArray(String[]::new));
  }

  private static void assertPicture(Path file) throws IOException {
    assertEquals(1920, ImageIO.read(file.toFile()).getWidth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--lr_finder", "--find_lr"})
  void theFlagAsksForASearch(String flag) throws IOException {
    assertEquals(ExitCode.OK, search(Samples.search(), flag), err::toString);
    String sent = gateway.requests("POST", EXPERIMENTS).get(0).body();
    assertTrue(Json.parse(sent).at("/medtrans/lr_finder").booleanValue());
  }

  @Test
  void theLearningRatesAndTheBestArePrinted() throws IOException {
    assertEquals(ExitCode.OK, search(Samples.search(), "--lr_finder"));
    assertTrue(
        out.toString()
            .contains(
                """
                learning rate  cohen_kappa  loss
                1.000e-04      0.2500       1.5000
                1.000e-03      0.7500       1.7500
                1.000e-02      –            –       diverged: iteration 3: the loss is NaN

                Best by cohen_kappa:  1.000e-03
                Best by loss:         1.000e-04
                """),
        out::toString);
    assertTrue(out.toString().contains("synthetic images"), out::toString);
    assertFalse(out.toString().contains("median"), "there is nothing to compare");
  }

  @Test
  void aHugeLossIsStillReadable() throws IOException {
    search(Samples.search(Samples.point(10, 0.0, 1.2e28, null)), "--lr_finder");
    assertTrue(out.toString().contains("0.0000       1.200e+28"), out::toString);
  }

  @Test
  void thePlotIsDrawnBelowTheHomeFolderAndNamed() throws IOException {
    assertEquals(ExitCode.OK, search(Samples.search(), "--lr_finder"));
    Path plot = folder.resolve("home/experiments/" + Samples.ID + "/lr_finder.png");
    assertPicture(plot);
    assertTrue(err.toString().contains("Plot: " + plot), err::toString);
  }

  @Test
  void jsonAndPlotGoWhereTheyAreAskedTo() throws IOException {
    assertEquals(
        ExitCode.OK,
        search(Samples.search(), "--lr_finder", "--json", "out.json", "--plot", "made/lr.png"));
    assertPicture(folder.resolve("made/lr.png"));
    String text = Files.readString(folder.resolve("out.json"));
    LearningRateSearch search = Json.read(text, ExperimentResult.class).searches().get(0);
    assertEquals(1e-3, search.bestByMetric().learningRate());
    assertEquals(1e-4, search.bestByLoss().learningRate());
  }

  @Test
  void aSearchWithoutAnyNumberHasFailed() throws IOException {
    ExperimentView outcome = Samples.search(Samples.point(10, null, null, Samples.diverged()));
    assertEquals(ExitCode.FAILED, search(outcome, "--lr_finder"));
    assertTrue(out.toString().contains("none, no learning rate has led to a number"));
  }

  @Test
  void aPictureThatCannotBeWrittenLosesNothingElse() throws IOException {
    Files.writeString(folder.resolve("home"), "a file where a folder should be");
    assertEquals(ExitCode.OK, search(Samples.search(), "--lr_finder"));
    assertTrue(out.toString().contains("Best by loss"), out::toString);
    assertTrue(err.toString().contains("cannot be drawn"), err::toString);
  }

  @Test
  void aPlotThatCannotBeWrittenIsRefusedBeforeAnythingStarts() throws IOException {
    assertEquals(ExitCode.INVALID, search(Samples.search(), "--plot", folder.toString()));
    assertEquals(List.of(), gateway.requests());
  }

  @Test
  void aDryRunShowsTheGrid() throws IOException {
    int code =
        search(
            Samples.search(),
            "--lr_finder",
            "--dry-run",
            "--repetitions",
            "1",
            "--set",
            "lr_finder.grid_search_params.resolution=4");
    assertEquals(ExitCode.OK, code, err::toString);
    assertEquals(List.of(), gateway.requests());
    assertTrue(out.toString().contains("8 runs"), out::toString);
    assertTrue(out.toString().contains("lr 1.000e-05"), out::toString);
  }

  @Test
  void resultsShowASearchAsASearchAndDrawItAgain() throws IOException {
    ExperimentView search = Samples.search();
    gateway.on(
        "GET " + EXPERIMENTS + "?page=0&size=1",
        200,
        new ExperimentPage(List.of(search.experiment()), 0, 1, 1));
    gateway.on("GET " + EXPERIMENTS + "/" + Samples.ID, 200, search);
    assertEquals(
        ExitCode.OK, medtrans("results", "--gateway", gateway.url(), "--plot", "again.png"));
    assertTrue(out.toString().contains("Best by cohen_kappa:  1.000e-03"), out::toString);
    assertPicture(folder.resolve("again.png"));
  }
}
