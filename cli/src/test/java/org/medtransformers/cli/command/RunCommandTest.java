package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.cli.command.FakeGateway.Request;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.files.RunManifest;

class RunCommandTest extends CommandTest {
  private static final String EXPERIMENTS = "/api/v1/experiments";
  private static final String EXPERIMENT = EXPERIMENTS + "/" + Samples.ID;

  private int run(String... flags) throws IOException {
    String[] arguments = new String[flags.length + 4];
    arguments[0] = "run";
    arguments[1] = experimentFile().toString();
    arguments[2] = "--gateway";
    arguments[3] = gateway.url();
    System.arraycopy(flags, 0, arguments, 4, flags.length);
    return medtrans(arguments);
  }

  private void accept() {
    gateway.on(
        "POST " + EXPERIMENTS,
        201,
        Samples.experiment(Samples.run("resnet18", 0, RunState.QUEUED, null)));
  }

  private void show(int iteration) {
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        Samples.experiment(
            Samples.run("resnet18", 0, RunState.TRAINING, Samples.progress(iteration, 1.5))));
  }

  private void succeed() {
    gateway.on("GET " + EXPERIMENT, 200, Samples.experiment(Samples.succeeded("resnet18", 0, 0.5)));
  }

  private JsonNode sent() {
    return Json.parse(gateway.requests("POST", EXPERIMENTS).get(0).body());
  }

  @Test
  void successIsExitCodeZeroWithProgressTableAndArtifacts() throws IOException {
    accept();
    show(10);
    succeed();

    assertEquals(ExitCode.OK, run(), err::toString);
    assertTrue(out.toString().contains("TRAINING  epoch 1.0  iteration 10/100  loss 1.5000"));
    assertTrue(out.toString().contains("0.500 ± 0.100 (2)"));
    assertTrue(out.toString().contains("synthetic"));
    assertTrue(out.toString().contains(folder.resolve("home/runs/resnet18-0").toString()));
    assertTrue(err.toString().contains("pin_memory does nothing here"));
  }

  /** Somebody who looks once an hour sees the end when it comes. */
  @Test
  @Timeout(60)
  void anEndIsShownWhenTheGatewayTellsOfIt() throws IOException {
    accept();
    show(10);
    succeed();
    gateway.onText(
        "GET " + EXPERIMENT + "/events", 200, "id: 7\nevent: run.state-changed.v1\ndata: {}\n\n");

    assertEquals(
        ExitCode.OK,
        medtrans(
            Duration.ofHours(1), "run", experimentFile().toString(), "--gateway", gateway.url()),
        err::toString);
    assertTrue(out.toString().contains("0.500 ± 0.100 (2)"));
  }

  @Test
  void whatTheDataSetBringsToLightIsToldOnceAtTheEnd() throws IOException {
    accept();
    ExperimentView ended = Samples.experiment(Samples.succeeded("resnet18", 0, 0.5));
    List<String> notices = List.of(ended.notices().get(0), "APTOS2019: 2 groups leak");
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        new ExperimentView(
            ended.experiment(),
            ended.runs(),
            1,
            ended.table(),
            ended.searches(),
            List.of(),
            notices));

    assertEquals(ExitCode.OK, run(), err::toString);
    for (String notice : notices) {
      assertEquals(2, err.toString().split(notice, -1).length, err::toString);
    }
  }

  @Test
  void modelsOfTwoClassesAreShownAsTests() throws IOException {
    accept();
    gateway
        .on("GET " + EXPERIMENT, 200, Samples.experiment(Samples.ofTwoClasses()))
        .on(
            "GET /api/v1/runs/resnet18-0/results",
            200,
            Map.of("operating_point", Samples.OPERATING_POINT));
    assertEquals(ExitCode.OK, run(), err::toString);
    assertTrue(
        out.toString()
            .contains(
                "resnet18 random #1  probability >= 0.5000 (logit >= 0.0000)  0.7500       0.6250"),
        out::toString);
  }

  @Test
  void aFailedRunIsExitCodeOneWithItsReason() throws IOException {
    accept();
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        Samples.experiment(
            Samples.succeeded("resnet18", 0, 0.5),
            Samples.failed("deit_tiny", 0, ErrorCode.IMAGE_UNREADABLE, "7.png is truncated")));

    assertEquals(ExitCode.FAILED, run());
    assertTrue(out.toString().contains("IMAGE_UNREADABLE: 7.png is truncated"), out::toString);
  }

  @Test
  void jsonHoldsExperimentRunsAndTable() throws IOException {
    accept();
    succeed();

    assertEquals(ExitCode.OK, run("--json", "made/out.json"));
    String text = Files.readString(folder.resolve("made/out.json"));
    ExperimentResult result = Json.read(text, ExperimentResult.class);
    assertEquals(ExperimentState.SUCCEEDED, result.experiment().state());
    assertEquals(0.5, result.runs().get(0).metrics().test().cohenKappa());
    assertEquals(0.5, result.table().rows().get(0).cells().get(0).median());
    JsonNode run = Json.parse(text).path("runs").path(0);
    assertTrue(run.has("error") && run.path("error").isNull(), text);
    assertFalse(run.has("progress"), text);
    try (var files = Files.list(folder.resolve("made"))) {
      assertEquals(1, files.count(), "no temporary file stays");
    }
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeAnythingStarts() throws IOException {
    assertEquals(ExitCode.INVALID, run("--json", folder.toString()));
    assertEquals(ExitCode.INVALID, run("--json", folder.resolve("experiment.json") + "/out.json"));
    assertEquals(List.of(), gateway.requests());
  }

  @Test
  void flagsActOnTheDocumentThatIsSent() throws IOException {
    accept();
    succeed();

    run(
        "--data_location",
        "images",
        "--repetitions",
        "3",
        "--gpu",
        "0",
        "--require-gpu",
        "--set",
        "training_params.epochs=7",
        "--set",
        "model_params.transformers_params.img_size[0]=64");
    assertEquals(
        folder.resolve("images").toString(), sent().at("/dataset_params/data_location").asText());
    assertEquals(3, sent().at("/experiment/repetitions").asInt());
    assertEquals("0", sent().at("/system_params/which_GPUs").asText());
    assertTrue(sent().at("/system_params/use_GPU").asBoolean());
    assertTrue(sent().at("/medtrans/require_gpu").asBoolean());
    assertEquals(7, sent().at("/training_params/epochs").asInt());
  }

  @Test
  void anExperimentWhoseAnswerWasLostIsSentAgainUnderTheSameKey() throws IOException {
    gateway.hangUpOn("POST " + EXPERIMENTS);
    accept();
    succeed();

    assertEquals(ExitCode.OK, run());
    List<Request> requests = gateway.requests("POST", EXPERIMENTS);
    assertTrue(requests.size() >= 2, requests::toString);
    assertEquals(1, requests.stream().map(Request::key).distinct().count());
    assertFalse(requests.get(0).key().isBlank());
  }

  @Test
  void aGatewayThatComesBackIsWaitedFor() throws IOException {
    accept();
    show(10);
    gateway.hangUpOn("GET " + EXPERIMENT).hangUpOn("GET " + EXPERIMENT);
    gateway.on("GET " + EXPERIMENT, 503, Map.of("title", "starting"));
    succeed();

    assertEquals(ExitCode.OK, run(), err::toString);
    assertEquals(1, out.toString().split("Waiting for the gateway", -1).length - 1, out::toString);
  }

  @Test
  void aGatewayThatStaysAwayIsAnError() throws IOException {
    accept();
    gateway.hangUpOn("GET " + EXPERIMENT);

    assertEquals(ExitCode.FAILED, run());
    assertTrue(err.toString().contains("no answer from the gateway at " + gateway.url()));
  }

  @Test
  void everyMistakeThatTheGatewayFoundIsShown() throws IOException {
    gateway.on(
        "POST " + EXPERIMENTS,
        400,
        Map.of(
            "title",
            "Invalid",
            "errors",
            List.of(
                Map.of("code", "INVALID_REQUEST", "message", "first mistake"),
                Map.of("code", "INVALID_REQUEST", "message", "second mistake"))));

    assertEquals(ExitCode.INVALID, run());
    assertTrue(err.toString().contains("medtrans: first mistake"));
    assertTrue(err.toString().contains("medtrans: second mistake"));
  }

  @Test
  void aFolderThatServicesMayNotReadComesWithAdvice() throws IOException {
    gateway.on(
        "POST " + EXPERIMENTS, 403, Map.of("code", "PATH_NOT_ALLOWED", "detail", "not below"));

    assertEquals(ExitCode.INVALID, run());
    assertTrue(err.toString().contains("--data_location DIR"), err::toString);
  }

  @Test
  void whatIsNotBuiltYetIsRefusedBeforeAnythingStarts() throws IOException {
    assertEquals(
        ExitCode.INVALID,
        medtrans(
            "run",
            CHECKOUT.resolve("configs/demo.json").toString(),
            "--set",
            "system_params.use_all_GPUs=true"));
    assertTrue(err.toString().contains("not built yet"));
    assertEquals(List.of(), gateway.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dino", "byol", "simsiam"})
  void aMethodWithoutLabelsIsAFlag(String method) throws IOException {
    assertEquals(ExitCode.OK, run("--" + method, "--dry-run", "--json", "plan.json"));
    JsonNode plan = Json.parse(Files.readString(folder.resolve("plan.json")));
    assertEquals(method, plan.at("/runs/0/config/medtrans/method").asText());
  }

  @Test
  void dryRunPrintsTheRunsAndAsksNobody() throws IOException {
    assertEquals(ExitCode.OK, run("--dry-run", "--repetitions", "3", "--json", "plan.json"));
    assertEquals(List.of(), gateway.requests());
    assertTrue(out.toString().contains("6 runs"), out::toString);
    JsonNode plan = Json.parse(Files.readString(folder.resolve("plan.json")));
    assertEquals(6, plan.path("runs").size());
  }

  @Test
  void mistakesInTheFileAreExitCodeTwoWithTheirPaths() throws IOException {
    assertEquals(ExitCode.INVALID, run("--set", "training_params.epocs=3"));
    assertTrue(err.toString().contains("training_params.epocs: unknown key, did you mean epochs?"));
    assertEquals(List.of(), gateway.requests());
  }

  @Test
  void checkpointCarriesItsParameters() throws IOException {
    ObjectNode config = (ObjectNode) Json.parse(Files.readString(experimentFile()));
    config.remove("experiment");
    gateway.on(
        "GET /api/v1/runs/resnet18-0",
        200,
        Map.of("run", Map.of("id", "resnet18-0", "seed", 5), "config", config));
    accept();
    succeed();

    int code = medtrans("run", "--checkpoint", "resnet18-0", "--test", "--gateway", gateway.url());
    assertEquals(ExitCode.OK, code, err::toString);
    assertEquals("resnet18-0", sent().at("/medtrans/checkpoint").asText());
    assertTrue(sent().at("/medtrans/test_only").asBoolean());
    assertEquals(5, sent().at("/experiment/seed").asInt());
  }

  @Test
  void aFileIsTestedByItsModelName() throws IOException {
    accept();
    succeed();
    String file = experimentFile().toString();
    int code = medtrans("run", file, "--test", "--gateway", gateway.url());
    assertEquals(ExitCode.OK, code, err::toString);
    assertTrue(sent().at("/medtrans/test_only").asBoolean());
    assertTrue(sent().at("/medtrans/checkpoint").isMissingNode());
  }

  @Test
  void aCheckpointsPathCarriesItsParametersToo() throws IOException {
    ObjectNode document = (ObjectNode) Json.parse(Files.readString(experimentFile()));
    document.remove("experiment");
    PlannedRun trained = ExperimentFile.read(document).runs().get(0);
    Path copy = Files.createDirectories(folder.resolve("copy"));
    PreparedDataset prepared =
        new PreparedDataset("p", Samples.EYES, new SplitSizes(8, 4, 4), 0, null, 0, List.of());
    new RunManifest("r", 5, trained.file().sha256(), trained.file().config(), prepared, null)
        .write(copy);
    accept();
    succeed();

    int code = medtrans("run", "--checkpoint", "./copy", "--test", "--gateway", gateway.url());
    assertEquals(ExitCode.OK, code, err::toString);
    assertEquals(copy.toRealPath().toString(), sent().at("/medtrans/checkpoint").asText());
    assertEquals(5, sent().at("/experiment/seed").asInt());
    PlannedRun repeated = ExperimentFile.read(sent()).runs().get(0);
    assertEquals(trained.file().config().model(), repeated.file().config().model());
    assertEquals(
        trained.file().config().dataset().testTransforms(),
        repeated.file().config().dataset().testTransforms());
    assertEquals(trained.file().config().dataloaders(), repeated.file().config().dataloaders());
  }

  @Test
  void aPathWithoutParametersNeedsTheFile() throws IOException {
    Files.createDirectories(folder.resolve("foreign"));
    assertEquals(
        ExitCode.INVALID,
        medtrans("run", "--checkpoint", "./foreign", "--test", "--gateway", gateway.url()));
    assertTrue(err.toString().contains("give the experiment FILE too"), err.toString());
  }

  @Test
  void aGatewayWithoutSchemeIsAUsageMistake() throws IOException {
    Path file = experimentFile();
    for (String url : List.of("localhost:8080", "127.0.0.1", "ftp://lab", "http:")) {
      assertEquals(ExitCode.INVALID, medtrans("run", file.toString(), "--gateway", url), url);
    }
    assertTrue(err.toString().contains("found \"localhost:8080\", allowed: a URL such as"));
  }

  @Test
  void debugShowsStackTraces() throws IOException {
    gateway.on("POST " + EXPERIMENTS, 400, Map.of("title", "Invalid"));
    run();
    assertFalse(err.toString().contains("\tat "), err::toString);
    run("--debug");
    assertTrue(err.toString().contains("\tat "), err::toString);
  }

  @Test
  void usageMistakesAreExitCodeTwo() {
    assertEquals(ExitCode.INVALID, medtrans("run"));
    assertEquals(ExitCode.INVALID, medtrans("run", "a.json", "--params_path", "b.json"));
    assertEquals(ExitCode.INVALID, medtrans("run", "--test"));
    assertEquals(ExitCode.INVALID, medtrans("run", "a.json", "--checkpoint", "resnet18-0"));
    assertTrue(err.toString().contains("--checkpoint NAME beside FILE needs --test"));
    assertEquals(ExitCode.INVALID, medtrans("run", "a.json", "--dino", "--byol"));
    assertEquals(ExitCode.INVALID, medtrans("run", "missing.json"));
    assertEquals(ExitCode.INVALID, medtrans());
  }

  @Test
  void interruptCancelsAndWaitsForTheEnd() throws IOException {
    accept();
    for (int i = 0; i < 5; i++) {
      show(i);
    }
    gateway.on("POST " + EXPERIMENT + "/cancel", 202, Map.of());
    gateway.on(
        "GET " + EXPERIMENT,
        200,
        Samples.experiment(Samples.run("resnet18", 0, RunState.CANCELLED, null)));

    Thread presser =
        new Thread(
            () -> {
              while (gateway.requests("GET", EXPERIMENT).isEmpty()) {
                Thread.onSpinWait();
              }
              pressInterrupt();
            });
    presser.start();

    assertEquals(ExitCode.INTERRUPTED, run());
    assertEquals(1, gateway.requests("POST", EXPERIMENT + "/cancel").size());
    assertTrue(out.toString().contains("CANCELLED"), out::toString);
  }
}
