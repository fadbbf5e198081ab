package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** Whole experiments, with workers that answer over a real broker. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ExperimentLifeTest {
  @Inject FakeWorkers workers;
  @Inject Artifacts artifacts;

  @Test
  void anExperimentRunsToItsTable() {
    String id = Gateway.post(Documents.comparison("demo"));
    ExperimentView view = Gateway.ended(id);
    assertEquals(ExperimentState.SUCCEEDED, view.experiment().state());
    assertEquals(4, view.runs().size());
    assertEquals(
        List.of("resnet18", "deit_tiny"),
        view.table().rows().stream().map(r -> r.backbone()).toList());
    // The evaluation answers 0.5 for seed 0 and 0.6 for seed 1.
    Cell cell = view.table().rows().get(0).cells().get(0);
    assertEquals(0.55, cell.median(), 1e-12);
    assertEquals(0.1 / Math.sqrt(2), cell.std(), 1e-12);
    assertEquals(2, cell.n());
    assertTrue(view.table().columns().get(0).synthetic());
    RunView run = view.runs().get(0);
    assertEquals(0.45, run.metrics().val().cohenKappa());
    assertEquals(1, workers.commands(run.id(), TrainingEvent.Requested.class).size());
  }

  @Test
  void whatDataTrainingAndEvaluationHaveToSayIsToldOnceEverywhere() {
    String id = Gateway.post(Documents.comparison("demo"));
    ExperimentView view = Gateway.ended(id);
    List<String> told = FakeWorkers.NOTICES;
    assertEquals(told, view.notices());
    given()
        .get("/api/v1/runs/" + view.runs().get(0).id())
        .then()
        .statusCode(200)
        .body("notices", equalTo(told));
    String comparison = Gateway.EXPERIMENTS + "/" + id + "/comparison";
    given().get(comparison).then().body("notes", hasItems(told.toArray(String[]::new)));
    for (String format : List.of("text", "md", "latex")) {
      given()
          .queryParam("format", format)
          .get(comparison)
          .then()
          .statusCode(200)
          .body(containsString("2 groups leak"))
          .body(containsString("knn: the number of neighbours is chosen"));
    }
  }

  @Test
  void whatARunWithoutLabelsBeganWithIsToldBesides() {
    ObjectNode dino = Documents.with(Documents.single("demo"), "medtrans.method", "dino");
    RunView without = Gateway.ended(Gateway.post(dino)).runs().get(0);
    assertEquals(0.3, without.metrics().beginning().cohenKappa());
    assertNull(without.metrics().knn());
    RunView with = Gateway.ended(Gateway.post(Documents.single("demo"))).runs().get(0);
    assertNull(with.metrics().beginning());
    assertEquals(0.35, with.metrics().knn().cohenKappa());
  }

  @Test
  void theTableIsTextForThoseWhoAskForText() {
    String id = Gateway.post(Documents.comparison("demo"));
    Gateway.ended(id);
    given()
        .accept("text/plain")
        .get(Gateway.EXPERIMENTS + "/" + id + "/table")
        .then()
        .statusCode(200)
        .contentType(containsString("text/plain"))
        .body(
            equalTo(
                """
                initialisation  model      APTOS2019 cohen_kappa (synthetic)
                random          resnet18   0.550 ± 0.071 (2)
                random          deit_tiny  0.550 ± 0.071 (2)
                APTOS2019 split: seed-compatible 0123456789ab, 2 groups in more than one part
                """));
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/table")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("columns[0].metric", equalTo("cohen_kappa"))
        .body("rows[0].cells[0].values", hasSize(2));
  }

  @Test
  void whatRunsTookStandsBelowTheTableAndWithEachRun() {
    String id = Gateway.post(Documents.comparison("demo"));
    Gateway.ended(id);
    given()
        .get(Gateway.EXPERIMENTS + "/" + id)
        .then()
        .statusCode(200)
        .body("runs[0].costs.training[0].machine.processor", equalTo("Fake 1"))
        .body("runs[0].costs.training[0].secondsPerEpoch", equalTo(5f))
        .body("runs[0].costs.inference.multiplyAdds", equalTo(1_250_000_000));
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/comparison")
        .then()
        .statusCode(200)
        .body("costs", hasSize(2))
        .body("costs[0].runs", equalTo(2))
        .body("costs[0].training.secondsPerEpoch", equalTo(5f))
        .body("costs[0].training.imagesPerSecond", equalTo(20f))
        .body("costs[0].inferenceImagesPerSecond", equalTo(20f));
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/comparison?format=csv-costs")
        .then()
        .statusCode(200)
        .body(containsString("random,resnet18,APTOS2019,\"Fake 1\",2,2,16,,,2,2,5000000,"));
  }

  @Test
  void fractionsOfTheTrainingImagesAreColumnsAndCurves() {
    ObjectNode document =
        Documents.with(
            Documents.single("fewer"),
            "experiment.matrix",
            Json.parse(
                """
                [[{"label": "10 %", "set": {"medtrans.split.train_fraction": 0.1}},
                  {"label": "all", "set": {"medtrans.split.train_fraction": 1}}]]"""));
    String id = Gateway.post(document);
    Gateway.ended(id);
    given()
        .get(Gateway.EXPERIMENTS + "/" + id)
        .then()
        .statusCode(200)
        .body(
            "table.columns.dataset",
            equalTo(List.of("APTOS2019, 10 % of the training images", "APTOS2019")))
        .body("table.rows", hasSize(1))
        .body("labelEfficiency", hasSize(1))
        .body("labelEfficiency[0].curves[0].points.fraction", equalTo(List.of(0.1f, 1f)))
        .body("labelEfficiency[0].curves[0].points.cell.n", equalTo(List.of(1, 1)));
    given()
        .get(Gateway.EXPERIMENTS + "/" + id + "/comparison?format=csv-fractions")
        .then()
        .statusCode(200)
        .body(containsString("APTOS2019,cohen_kappa,random,resnet18,0.1,70.0,"));
  }

  @Test
  void aRunShowsItsFileAndItsCurves() {
    String id = Gateway.post(Documents.single("demo"));
    RunView run = Gateway.ended(id).runs().get(0);
    String sha = workers.commands(run.id(), TrainingEvent.Requested.class).get(0).configSha256();
    given()
        .get("/api/v1/runs/" + run.id())
        .then()
        .statusCode(200)
        .body("experimentId", equalTo(id))
        .body("run.state", equalTo("SUCCEEDED"))
        .body("config.training_params.epochs", equalTo(10))
        .body("configSha256", equalTo(sha))
        .body("checkpoint", equalTo("runs/" + run.id() + "/checkpoints/best"))
        .body("progress.iteration", equalTo(List.of(5, 20)))
        .body("validations.metrics.cohen_kappa", equalTo(List.of(0.4f, 0.45f)));
  }

  @Test
  void aRunIsFoundByItsModelNameToo() {
    String id = Gateway.post(Documents.single("by-name"));
    RunView run = Gateway.ended(id).runs().get(0);
    given().get("/api/v1/runs/by-name").then().statusCode(200).body("run.id", equalTo(run.id()));
  }

  @Test
  void aTrainingInProgressShowsWhereItIs() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    ExperimentView view =
        Gateway.until(id, v -> Integer.valueOf(5).equals(v.runs().get(0).progress().iteration()));
    RunView run = view.runs().get(0);
    assertEquals(RunState.TRAINING, run.state());
    assertEquals(20, run.progress().iterations());
    assertEquals(120.0, run.progress().imagesPerSecond());
    assertEquals("training on cpu", run.progress().detail());
    assertNull(view.table().rows().get(0).cells().get(0));
  }

  @Test
  void aFailedRunNamesItsReasonAndTheOthersGoOn() {
    String id = Gateway.post(Documents.comparison(FakeTraining.FAIL));
    ExperimentView view = Gateway.ended(id);
    assertEquals(ExperimentState.FAILED, view.experiment().state());
    assertEquals(
        List.of(RunState.SUCCEEDED, RunState.FAILED, RunState.SUCCEEDED, RunState.FAILED),
        view.runs().stream().map(RunView::state).toList());
    assertEquals(ErrorCode.IMAGE_UNREADABLE, view.runs().get(1).error().code());
    assertEquals("train_images/a.png: not an image", view.runs().get(1).error().message());
    assertEquals(1, view.table().rows().get(0).cells().get(0).n());
    assertEquals(2, view.table().rows().get(0).cells().get(0).planned());
  }

  @Test
  void aCancelledExperimentEndsWhenItsWorkersSaySo() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.allIn(id, RunState.TRAINING).runs().get(0).id();
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    ExperimentView view = Gateway.ended(id);
    assertEquals(ExperimentState.CANCELLED, view.experiment().state());
    assertEquals(1, workers.commands(run, RunCancelRequested.class).size());
    given()
        .post(Gateway.EXPERIMENTS + "/" + id + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("CONFLICT"))
        .body("detail", containsString("CANCELLED"));
  }

  @Test
  void experimentsAreListedNewestFirstInPages() {
    String older = Gateway.post(Documents.single("demo"));
    String newer = Gateway.post(Documents.single("demo"));
    Gateway.ended(older);
    Gateway.ended(newer);
    given()
        .get(Gateway.EXPERIMENTS + "?page=0&size=1")
        .then()
        .statusCode(200)
        .body("items.id", equalTo(List.of(newer)))
        .body("total", greaterThanOrEqualTo(2));
    given()
        .get(Gateway.EXPERIMENTS + "?page=1&size=1")
        .then()
        .body("items.id", equalTo(List.of(older)));
  }

  @Test
  void validatingStartsNothing() {
    int before = given().get(Gateway.EXPERIMENTS).then().extract().path("total");
    given()
        .contentType(ContentType.JSON)
        .body(Json.write(Documents.comparison("demo")))
        .post(Gateway.EXPERIMENTS + "/validate")
        .then()
        .statusCode(200)
        .body("name", equalTo("comparison"))
        .body("runs.backbone", equalTo(List.of("resnet18", "resnet18", "deit_tiny", "deit_tiny")))
        .body("runs.seed", equalTo(List.of(0, 1, 0, 1)));
    given().get(Gateway.EXPERIMENTS).then().body("total", equalTo(before));
  }

  @Test
  void aPublishedSaveDirIsNoticedAndNeverWrittenTo() {
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "training_params.save_dir", "/proj/authors/checkpoints");
    String id = Gateway.post(document);
    ExperimentView view = Gateway.ended(id);
    assertTrue(
        view.notices().stream().anyMatch(n -> n.contains("/proj/authors/checkpoints")),
        view.notices()::toString);
    TrainingEvent.Requested command =
        workers.commands(view.runs().get(0).id(), TrainingEvent.Requested.class).get(0);
    assertNull(command.config().training().saveDir());
  }

  @Test
  void aSaveDirAmongArtifactsOrBehindALinkIsNotWrittenToEither() throws IOException {
    Path link = GatewayTestStack.DATA.resolve("dangling");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("/tmp/not-there-yet"));
    for (Path folder : List.of(artifacts.root().resolve("runs/x"), link, link.resolve("deeper"))) {
      ObjectNode document = Documents.single("demo");
      Documents.with(document, "training_params.save_dir", folder.toString());
      given()
          .contentType(ContentType.JSON)
          .body(Json.write(document))
          .post(Gateway.EXPERIMENTS + "/validate")
          .then()
          .statusCode(200)
          .body("notices", hasItem(containsString(folder + " lies outside")));
    }
  }

  @Test
  void aSaveDirBelowTheRootsReachesTheTrainer() {
    String folder = GatewayTestStack.DATA.resolve("not/yet/there").toString();
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "training_params.save_dir", folder);
    ExperimentView view = Gateway.ended(Gateway.post(document));
    TrainingEvent.Requested command =
        workers.commands(view.runs().get(0).id(), TrainingEvent.Requested.class).get(0);
    assertEquals(folder, command.config().training().saveDir());
  }
}
