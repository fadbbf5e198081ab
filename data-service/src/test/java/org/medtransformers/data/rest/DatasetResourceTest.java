package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class DatasetResourceTest {
  private static final String DATASETS = "/api/v1/datasets";

  @Inject Preparer preparer;
  @Inject PreparedStore store;
  @Inject Datasets datasets;

  private PreparedDataset registered(int size) {
    PreparedDataset dataset =
        preparer.prepare(Requests.spec(DataTestStack.DATA, size), (done, total) -> {});
    datasets.register(dataset);
    return dataset;
  }

  @Test
  void registeredSetIsListedAndShownOnce() {
    String id = registered(10).id();
    registered(10);
    given()
        .get(DATASETS + "?size=100")
        .then()
        .statusCode(200)
        .body("items.dataset.id", hasItem(id))
        .body("total", greaterThanOrEqualTo(1));
    given()
        .get(DATASETS + "/" + id)
        .then()
        .statusCode(200)
        .body("dataset.description.synthetic", equalTo(true))
        .body("available", equalTo(true))
        .body("classCounts.train.sum()", equalTo(28));
    assertEquals(
        1,
        given().get(DATASETS + "?size=100").jsonPath().getList("items.dataset.id").stream()
            .filter(id::equals)
            .count());
  }

  @Test
  void setWhoseFilesAreGoneIsShownAsUnavailable() throws IOException {
    String id = registered(11).id();
    FileUtils.deleteDirectory(store.folder(id).toFile());
    given().get(DATASETS + "/" + id).then().statusCode(200).body("available", equalTo(false));
  }

  @Test
  void pagesAreBounded() {
    registered(10);
    registered(9);
    given().get(DATASETS + "?size=1").then().body("items.size()", equalTo(1));
    for (String query : new String[] {"size=0", "size=101", "page=-1", "page=abc"}) {
      given().get(DATASETS + "?" + query).then().statusCode(400);
    }
    for (String id : new String[] {"unknown", "%00"}) {
      given()
          .urlEncodingEnabled(false)
          .get(DATASETS + "/" + id)
          .then()
          .statusCode(404)
          .body("code", equalTo("NOT_FOUND"));
    }
  }

  @Test
  void imagesOfAPartComeInPages() {
    String images = DATASETS + "/" + registered(15).id() + "/images?split=train";
    List<String> all = given().get(images).jsonPath().getList("id");
    assertEquals(28, all.size());
    assertEquals(
        all.subList(20, 28), given().get(images + "&size=10&page=2").jsonPath().getList("id"));
    assertEquals(all, given().get(images + "&size=10000").jsonPath().getList("id"));
    given().get(images + "&size=10&page=3").then().body("size()", equalTo(0));
    for (String query : new String[] {"&size=0", "&size=10001", "&page=-1", "&page=abc"}) {
      given().get(images + query).then().statusCode(400);
    }
  }

  @Test
  void operatorsFindHealthMetricsAndOpenApi() {
    await().untilAsserted(() -> given().get("/q/health").then().statusCode(200));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("medtrans_images_decoded_total"));
    given()
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body(containsString("/api/v1/loaders/{id}/epochs/{epoch}/batches/{batch}"));
  }

  @Test
  void splitOfARegisteredSetIsListedAndItsTextHasTheHash() {
    PreparedDataset dataset = registered(12);
    String sha256 = dataset.split().sha256();
    registered(13);
    String splits = "/api/v1/splits";
    given()
        .get(splits + "?size=100")
        .then()
        .statusCode(200)
        .body("items.findAll { it.sha256 == '" + sha256 + "' }.size()", equalTo(1))
        .body("items.find { it.sha256 == '" + sha256 + "' }.kind", equalTo("seed-compatible"))
        .body("items.find { it.sha256 == '" + sha256 + "' }.sizes.train", equalTo(28))
        .body("items.find { it.sha256 == '" + sha256 + "' }.parameters.share", equalTo(0.3f));
    Response split = given().get(splits + "/" + sha256);
    assertEquals(sha256, Sha256.of(split.asByteArray()));
    assertEquals(28, split.jsonPath().getList("train").size());
    given().get(splits + "/" + "0".repeat(64)).then().statusCode(404);
    given().get(splits + "/none").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    given().get(splits + "?size=0").then().statusCode(400);
  }

  @Test
  void statisticsOfASetAreShown() {
    String id = registered(14).id();
    given()
        .get(DATASETS + "/" + id)
        .then()
        .body("statistics.mean.size()", equalTo(3))
        .body("statistics.duplicates.files", equalTo(0))
        .body("skipped.size()", equalTo(0));
  }
}
