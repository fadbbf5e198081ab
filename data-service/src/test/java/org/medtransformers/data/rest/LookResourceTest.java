package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.data.DataTestStack;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class LookResourceTest {
  private static Response look(Object body) {
    return given().contentType(ContentType.JSON).body(body).post("/api/v1/looks");
  }

  private static Response at(Path path) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> look(Map.of("data", path.toString())), r -> r.statusCode() != 503);
  }

  @Test
  void aDataSetIsRecognisedAndEveryImageSeen() {
    at(DataTestStack.DATA.resolve("APTOS2019"))
        .then()
        .statusCode(200)
        .body("dataset", equalTo("APTOS2019"))
        .body("dataLocation", equalTo(DataTestStack.DATA.toString()))
        .body("parts.train", equalTo(28))
        .body("classCounts.sum()", equalTo(40))
        .body("medianSide", equalTo(32))
        .body("divided", equalTo(false))
        .body("metric", equalTo("cohen_kappa"));
  }

  @Test
  void whatMayNotBeReadOrIsNoDataSetIsRefused() {
    at(Path.of("/etc")).then().statusCode(403).body("code", equalTo("PATH_NOT_ALLOWED"));
    at(DataTestStack.DATA.resolve("gone")).then().statusCode(404);
    at(DataTestStack.DATA.resolve("APTOS2019/train_images"))
        .then()
        .statusCode(422)
        .body("detail", containsString("understood are"));
    look(Map.of()).then().statusCode(400).body("detail", containsString("data: missing"));
  }
}
