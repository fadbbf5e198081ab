package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.RunState;

class EvaluateCommandTest extends CommandTest {
  private static final String WISH = "/api/v1/runs/trained/evaluations";
  private static final String RUN = "/api/v1/runs/resnet18-0";

  @BeforeEach
  void answer() {
    gateway
        .on(
            "POST " + WISH,
            201,
            Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null)))
        .on(
            "GET /api/v1/experiments/" + Samples.ID,
            200,
            Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)))
        .on("GET " + RUN + "/results", 200, results())
        .on("GET " + RUN + "/files/curves.json", 200, curves());
  }

  @Test
  void whatIsAskedForIsSentAndNothingElse() {
    assertEquals(
        ExitCode.OK,
        evaluate(
            "--knn", "--split", "val", "--dataset", "ImageFolder", "--set", "medtrans.knn.k=[3]"));
    JsonNode sent = Json.parse(gateway.requests("POST", WISH).get(0).body());
    assertEquals(
        Json.parse("{\"split\": \"val\", \"knn\": true, \"linear\": false, \"umap\": false}"),
        sent.get("evaluation"));
    assertEquals(
        Json.parse("{\"dataset_params.dataset\": \"ImageFolder\", \"medtrans.knn.k\": [3]}"),
        sent.get("set"));
  }

  @Test
  void numbersAreShownWithTheirIntervalsClassesAndSubgroups() {
    assertEquals(ExitCode.OK, evaluate());
    String shown = out.toString();
    assertTrue(shown.contains("accuracy     0.5000 [0.4000, 0.6000]*"), shown);
    assertTrue(
        shown.contains(
            """
            95 % intervals by BCa (p: of percentiles), 1000 bootstrap resamples of 20 groups
            * not to be relied on: 20 groups, fewer than 30
            """),
        shown);
    assertTrue(shown.contains("severe  7   0.1000     0.2000  0.3000  0.4000   –"), shown);
    assertTrue(shown.contains("sex       female  12  0.5000    0.2500"), shown);
    assertTrue(shown.contains("expected calibration error 0.1250"), shown);
    assertTrue(shown.contains("severe: positive at probability >= 0.5000"), shown);
    assertTrue(shown.contains("Note: few images"), shown);
  }

  @Test
  void picturesAndResultsAreWritten() throws IOException {
    assertEquals(ExitCode.OK, evaluate("--plots", "plots", "--json", "out.json"));
    for (String name : List.of("reliability.png", "roc.png", "pr.png", "confusion.png")) {
      BufferedImage picture = ImageIO.read(folder.resolve("plots").resolve(name).toFile());
      assertTrue(picture.getWidth() >= 700, name);
    }
    Path json = folder.resolve("out.json");
    assertEquals(results(), Json.read(Files.readString(json), EvaluationResults.class));
  }

  @Test
  void aFailedEvaluationIsToldAndExitsWithOne() {
    gateway.on(
        "GET /api/v1/experiments/" + Samples.ID,
        200,
        Samples.experiment(Samples.failed("resnet18", 0, ErrorCode.DATASET_INVALID, "no images")));
    evaluate();
    assertEquals(ExitCode.FAILED, evaluate());
    assertTrue(out.toString().contains("DATASET_INVALID: no images"), out.toString());
  }

  private int evaluate(String... flags) {
    String[] arguments = new String[flags.length + 4];
    arguments[0] = "evaluate";
    arguments[1] = "trained";
    arguments[2] = "--gateway";
    arguments[3] = gateway.url();
    System.arraycopy(flags, 0, arguments, 4, flags.length);
    return medtrans(arguments);
  }

  private static EvaluationResults results() {
    return new EvaluationResults(
        new EvaluationResults.Origin(
            "resnet18-0",
            "eyes",
            "first",
            "sha",
            "runs/trained/checkpoints/best",
            new PreparedDataset(
                "prepared", Samples.EYES, new SplitSizes(40, 10, 31), null, null, 0, List.of()),
            Split.TEST,
            EvaluationResults.PREDICTIONS),
        metrics(31, 0.35),
        null,
        new Intervals(
            0.95,
            1000,
            "group",
            20,
            List.of("20 groups, fewer than 30"),
            Map.of("accuracy", new Intervals.Interval(0.4, 0.6, 1000, Intervals.Method.BCA))),
        List.of(
            new ClassMetrics("none", 20, 0.9, 0.8, 0.7, 0.6, 0.5),
            new ClassMetrics("mild", 4, 0.5, 0.5, 0.5, 0.5, 0.5),
            new ClassMetrics("severe", 7, 0.1, 0.2, 0.3, 0.4, Double.NaN)),
        new Calibration(
            0.125,
            List.of(
                new Calibration.Bin(0, 0.5, 0, Double.NaN, Double.NaN),
                new Calibration.Bin(0.5, 1, 31, 0.625, 0.5))),
        Samples.OPERATING_POINT,
        List.of(new EvaluationResults.Subgroup("sex", "female", metrics(12, 0.25), null)),
        null,
        null,
        List.of("few images"));
  }

  private static Metrics metrics(int n, double kappa) {
    List<List<Integer>> matrix = List.of(List.of(15, 3, 2), List.of(2, 1, 1), List.of(4, 3, 0));
    return new Metrics(n, 1.25, 0.5, 0.4, 0.45, 0.42, kappa, 0.7, null, null, List.of(), matrix);
  }

  private static Curves curves() {
    Curves.Roc roc =
        new Curves.Roc(
            List.of(Double.POSITIVE_INFINITY, 0.5), List.of(0.0, 1.0), List.of(0.0, 1.0));
    Curves.PrecisionRecall pr =
        new Curves.PrecisionRecall(roc.thresholds(), List.of(1.0, 0.5), List.of(0.0, 1.0));
    return new Curves(
        List.of(
            new Curves.OfClass("none", roc, pr),
            new Curves.OfClass("mild", roc, pr),
            new Curves.OfClass("severe", roc, pr)));
  }
}
