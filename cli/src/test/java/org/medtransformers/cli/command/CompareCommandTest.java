package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.DatasetVerdict;
import org.medtransformers.contracts.result.RunState;

class CompareCommandTest extends CommandTest {
  private static final String PLAN = "POST /api/v1/comparisons/plan";
  private static final String EXPERIMENTS = "/api/v1/experiments";

  private ComparisonPlan plan() throws IOException {
    DataLook look =
        new DataLook(
            "eyes\u001b[2J",
            DatasetName.IMAGE_FOLDER,
            "/eyes",
            null,
            "it has a folder per class",
            List.of("a", "b\u001b[2J"),
            Task.BINARY,
            TargetMetric.ROC_AUC,
            3,
            false,
            new SplitSizes(70, 15, 15),
            List.of(60, 40),
            28,
            6,
            0,
            100,
            96,
            0.01,
            0,
            List.of(),
            List.of(),
            List.of());
    return new ComparisonPlan(
        "compare eyes",
        look,
        List.of(new ComparisonPlan.Choice("metric", "roc_auc", "two classes", "in the file")),
        List.of(new ComparisonPlan.Arm("resnet18", "random", 3, 12, 95)),
        6,
        new ComparisonPlan.Time(
            1800, 1500, "a machine", List.of(new ComparisonPlan.Part("preparing the images", 7))),
        List.of("few images"),
        (ObjectNode) Json.parse(Files.readString(experimentFile())));
  }

  private int compare(String... flags) throws IOException {
    Path data = Files.createDirectories(folder.resolve("eyes"));
    String[] arguments = new String[flags.length + 4];
    arguments[0] = "compare";
    arguments[1] = data.toString();
    arguments[2] = "--gateway";
    arguments[3] = gateway.url();
    System.arraycopy(flags, 0, arguments, 4, flags.length);
    return medtrans(arguments);
  }

  @Test
  void aPlanIsShownWithItsRulesAndKeptAsAFileAndNothingStarts() throws IOException {
    gateway.on(PLAN, 200, plan());
    assertEquals(ExitCode.OK, compare("--plan", "--time", "1h"), err::toString);
    JsonNode asked = Json.parse(gateway.requests("POST", "/api/v1/comparisons/plan").get(0).body());
    assertEquals("1h", asked.path("time").textValue());
    assertEquals(folder.resolve("eyes").toString(), asked.path("data").textValue());
    for (String said :
        List.of(
            "planned 25 min of 30 min", "because: two classes", "otherwise: in the file", "95 s")) {
      assertTrue(out.toString().contains(said), out::toString);
    }
    assertFalse(out.toString().contains("\u001b"), out::toString);
    assertTrue(err.toString().contains("few images"), err::toString);
    assertEquals(plan().document(), kept("compare-eyes.json"));
    assertEquals(List.of(), gateway.requests("POST", EXPERIMENTS));
  }

  private JsonNode kept(String file) throws IOException {
    return Json.parse(Files.readString(folder.resolve(file)));
  }

  @Test
  void noOtherFileIsOverwritten() throws IOException {
    gateway.on(PLAN, 200, plan());
    Files.writeString(folder.resolve("compare-eyes.json"), "{\"mine\": 1}");
    assertEquals(ExitCode.OK, compare("--plan"));
    assertEquals(ExitCode.OK, compare("--plan"));
    assertEquals(1, kept("compare-eyes.json").path("mine").intValue());
    assertEquals(plan().document(), kept("compare-eyes-2.json"));
    assertFalse(Files.exists(folder.resolve("compare-eyes-3.json")));
    assertEquals(ExitCode.INVALID, compare("--plan", "--output", "compare-eyes.json"));
  }

  @Test
  void theVerdictComesFirstThenTheTableThenWhereTheReportIsAndTheTime() throws IOException {
    gateway
        .on(PLAN, 200, plan())
        .on(
            "POST " + EXPERIMENTS,
            201,
            Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null)))
        .on(
            "GET " + EXPERIMENTS + "/" + Samples.ID,
            200,
            Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)))
        .on(
            "GET " + EXPERIMENTS + "/" + Samples.ID + "/comparison?format=json",
            200,
            Json.mapper()
                .createObjectNode()
                .set(
                    "verdicts",
                    Json.tree(
                        List.of(new DatasetVerdict("eyes", "roc_auc", null, "Nobody wins.")))));
    assertEquals(ExitCode.OK, compare(), err::toString);
    String said = out.toString();
    int verdict = said.indexOf("Verdict: Nobody wins.");
    int table = said.indexOf("0.500 ± 0.100 (2)");
    int report = said.indexOf("./medtrans report " + Samples.ID);
    assertTrue(verdict >= 0 && verdict < table && table < report, said);
    assertTrue(said.contains("Planned 25 min, took"), said);
    assertEquals(
        plan().document(), Json.parse(gateway.requests("POST", EXPERIMENTS).get(0).body()));
  }

  @Test
  void whatIsNotThereIsSaidBeforeAnythingStarts() {
    assertEquals(ExitCode.INVALID, medtrans("compare", folder.resolve("gone").toString()));
    assertTrue(err.toString().contains("gone: there is no such folder or file"), err::toString);
  }
}
