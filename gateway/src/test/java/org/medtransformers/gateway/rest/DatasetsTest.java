package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;

/** Prepared data sets, as a data-service tells of them. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class DatasetsTest {
  private static final String DATASETS = "/api/v1/datasets";
  private static final String ID = FakeTraining.DATASET.id();
  private static final String UNUSED = "fedc9876";
  private static final byte[] PICTURE = {1, 2, 3};

  FakeServices services;

  @Test
  void aPageSaysOfEachSetHowManyRunsItWasFor() {
    run();
    services.json(
        DATASETS + "?page=0&size=20",
        "{\"items\": [%s, %s], \"page\": 0, \"size\": 20, \"total\": 2}"
            .formatted(view(ID), view(UNUSED)));
    given()
        .get(DATASETS)
        .then()
        .statusCode(200)
        .body("items[0].dataset.id", equalTo(ID))
        .body("items[0].bytes", equalTo(77))
        .body("items[0].runs", greaterThanOrEqualTo(1))
        .body("items[1].runs", equalTo(0))
        .body("items[0].statistics.duplicates", equalTo(Map.of("files", 3)))
        .body("total", equalTo(2));
  }

  @Test
  void aSetIsShownWithTheNewestOfItsRuns() {
    String run = run().id();
    services.json(DATASETS + "/" + ID, view(ID));
    given()
        .get(DATASETS + "/" + ID)
        .then()
        .statusCode(200)
        .body("usedBy.id", hasItem(run))
        .body("usedBy[0].state", equalTo("SUCCEEDED"))
        .body("usedBy[0].device", equalTo("cpu"));
  }

  @Test
  void picturesAndFindingsAreHandedOn() {
    services.answer(DATASETS + "/" + ID + "/images/7?size=64", 200, "image/png", PICTURE);
    assertArrayEquals(
        PICTURE,
        given()
            .get(DATASETS + "/" + ID + "/images/7?size=64")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray());
    services.json(DATASETS + "/" + ID + "/findings", "{\"duplicates\": []}");
    given().get(DATASETS + "/" + ID + "/findings").then().body("duplicates.size()", equalTo(0));
    services.json(DATASETS + "/" + ID + "/images?split=val&page=1&size=5", "[{\"index\": 9}]");
    given()
        .get(DATASETS + "/" + ID + "/images?split=val&page=1&size=5")
        .then()
        .body("[0].index", equalTo(9));
  }

  @Test
  void theStepsOfARunAreThoseOfTheLoaderThatItTrainsFrom() {
    RunView run = run();
    RunConfig config =
        Json.convert(
            Json.parse(given().get("/api/v1/runs/" + run.id()).asString()).get("config"),
            RunConfig.class);
    LoaderSpec spec = LoaderSpec.ofTraining(config, ID, run.seed());
    services.json("/api/v1/loaders", Json.write(new LoaderInfo("l1", spec, 70, 9, List.of())));
    services.json("/api/v1/loaders/l1/steps?image=3&epoch=2&view=1", "{\"image\": 3}");
    services.answer(
        "/api/v1/loaders/l1/steps/4?image=3&epoch=2&view=1&size=100", 200, "image/png", PICTURE);
    String steps = "/api/v1/runs/" + run.id() + "/steps";
    given().get(steps + "?image=3&epoch=2&view=1").then().body("image", equalTo(3));
    assertArrayEquals(
        PICTURE, given().get(steps + "/4?image=3&epoch=2&view=1&size=100").asByteArray());
    assertEquals(
        spec,
        services.requests("/api/v1/loaders").stream()
            .map(request -> Json.read(request.body(), LoaderSpec.class))
            .reduce((first, last) -> last)
            .orElseThrow());
  }

  @Test
  void aRunWhoseSetIsNotPreparedYetHasNoSteps() throws IOException {
    Path silent = Files.createDirectories(GatewayTestStack.DATA.resolve(FakeWorkers.NO_ANSWER));
    String experiment =
        Gateway.post(
            Documents.with(
                Documents.single("waits"), "dataset_params.data_location", silent.toString()));
    String run = Gateway.allIn(experiment, RunState.PREPARING).runs().get(0).id();
    given()
        .get("/api/v1/runs/" + run + "/steps?image=0")
        .then()
        .statusCode(409)
        .body("detail", containsString("not prepared yet"));
    given().post(Gateway.EXPERIMENTS + "/" + experiment + "/cancel").then().statusCode(202);
  }

  @Test
  void aRefusalOfTheDataServiceIsTold() {
    given()
        .get(DATASETS + "/" + UNUSED + "/findings")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"))
        .body("detail", equalTo("nothing here"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?page=x",
        "?size=101",
        "/XYZ",
        "/0123abcd/images",
        "/0123abcd/images?split=all",
        "/0123abcd/images/1?size=9999",
        "/0123abcd/images/a",
      })
  void whatIsNoRequestIsRefusedHere(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(DATASETS + path)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  private static String view(String id) {
    return """
        {"dataset": {"id": "%s"}, "bytes": 77,
         "statistics": {"duplicates": {"files": 3, "examples": [{"copies": [{"id": "i"}]}]}}}
        """
        .formatted(id);
  }

  private static RunView run() {
    return Gateway.ended(Gateway.post(Documents.single("looked-at"))).runs().get(0);
  }
}
