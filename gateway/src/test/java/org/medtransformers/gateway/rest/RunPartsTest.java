package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;

/** What a run has besides its numbers: where it comes from, what happened to it, its files. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class RunPartsTest {
  private static final String RUNS = "/api/v1/runs/";

  @Inject Artifacts artifacts;

  @Test
  void lineageGoesBothWays() throws IOException {
    String first = train(Documents.single("first"));
    ObjectNode document = Documents.single("second");
    Documents.with(document, "training_params.restore_session", false);
    Documents.with(document, "medtrans.test_only", true);
    Documents.with(document, "medtrans.checkpoint", first);
    String second = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    given()
        .get(RUNS + first + "/lineage")
        .then()
        .statusCode(200)
        .body("source", nullValue())
        .body("onlyTests", equalTo(false))
        .body("testedBy.id", equalTo(List.of(second)))
        .body("testedBy[0].modelName", equalTo("second"))
        .body("continuedBy", equalTo(List.of()));
    given()
        .get(RUNS + second + "/lineage")
        .then()
        .statusCode(200)
        .body("source.id", equalTo(first))
        .body("onlyTests", equalTo(true));
    given().get(RUNS + "none/lineage").then().statusCode(404);
  }

  @Test
  void whatHappenedIsToldInOrderAndInPages() throws IOException {
    String run = train(Documents.single("log"));
    JsonPath first = page(run, "?size=3");
    JsonPath rest = page(run, "?size=1000&after=" + first.getLong("last"));
    assertEquals(3, first.getList("items").size());
    assertTrue(first.getBoolean("more"));
    assertFalse(rest.getBoolean("more"));
    List<String> types = rest.getList("items.type");
    assertTrue(types.containsAll(List.of("training.validated.v1", "training.completed.v1")));
    assertFalse(types.contains("training.progress.v1"));
    int noticed = types.indexOf("training.noticed.v1");
    assertEquals(
        "system_params.use_GPU: no GPU was found",
        rest.getString("items[" + noticed + "].data.notice"));
    given().get(RUNS + run + "/events?size=1001").then().statusCode(400);
    given().get(RUNS + run + "/events?after=-1").then().statusCode(400);
  }

  @Test
  void filesAreListedWithTheirSizesAndWhetherTheyCanBeRead() throws IOException {
    String run = train(Documents.single("files"));
    Path folder = artifacts.run(run);
    Files.writeString(folder.resolve("checkpoints/best/model.safetensors"), "weights");
    Files.writeString(folder.resolve("predictions.csv"), "image\n");
    JsonPath listing =
        given().get(RUNS + run + "/files").then().statusCode(200).extract().jsonPath();
    assertEquals(
        List.of("checkpoints/best/model.safetensors", "predictions.csv"),
        listing.getList("files.name"));
    assertEquals(List.of(7, 6), listing.getList("files.bytes"));
    assertEquals(List.of(false, true), listing.getList("files.readable"));
    assertEquals(2, listing.getInt("total"));
    assertEquals(13, listing.getInt("bytes"));
    assertEquals("runs/" + run, listing.getString("path"));
  }

  private static JsonPath page(String run, String query) {
    return given().get(RUNS + run + "/events" + query).then().statusCode(200).extract().jsonPath();
  }

  private String train(ObjectNode document) throws IOException {
    String run = Gateway.ended(Gateway.post(document)).runs().get(0).id();
    Files.createDirectories(artifacts.run(run).resolve("checkpoints/best"));
    return run;
  }
}
