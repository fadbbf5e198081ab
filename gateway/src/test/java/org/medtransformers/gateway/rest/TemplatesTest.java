package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.NamedStrategies;
import org.medtransformers.gateway.GatewayTestStack;

/** What a new experiment begins from is what the project ships. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class TemplatesTest {
  @Test
  void eachTemplateIsAFileOfTheProjectThatCanBeRead() throws IOException {
    List<String> names = given().get("/api/v1/templates").then().extract().path("name");
    assertFalse(names.isEmpty());
    for (String name : names) {
      String document =
          given().get("/api/v1/templates/" + name).then().statusCode(200).extract().asString();
      Path file = Path.of("../configs", name + ".json");
      ObjectNode shipped = (ObjectNode) Json.parse(Files.readString(file));
      NamedStrategies.replace(shipped, strategy -> beside(file, strategy));
      assertEquals(shipped, Json.parse(document));
      assertFalse(ExperimentFile.read(shipped).runs().isEmpty(), name);
    }
  }

  private static ObjectNode beside(Path file, String strategy) {
    try {
      return (ObjectNode) Json.parse(Files.readString(file.resolveSibling(strategy)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anotherNameIsRefusedWithThoseThatThereAre() {
    given().get("/api/v1/templates/../application").then().statusCode(404);
    given()
        .get("/api/v1/templates/augmentation/dino")
        .then()
        .statusCode(404)
        .body("detail", containsString("there is no template augmentation/dino"))
        .body("detail", containsString("image-folder-small"));
  }

  @Test
  void keysSayWhatTheyAllow() {
    String key = "find { it.path == '%s' }.";
    given()
        .get("/api/v1/experiment-file/keys")
        .then()
        .statusCode(200)
        .body(key.formatted("training_params.epochs") + "type", equalTo("integer"))
        .body(key.formatted("training_params.epochs") + "required", equalTo(true))
        .body(key.formatted("medtrans.lr_finder") + "absent", equalTo(false))
        .body(
            key.formatted("experiment.matrix.phases.method") + "values",
            equalTo(List.of("supervised", "dino", "byol", "simsiam")));
  }
}
