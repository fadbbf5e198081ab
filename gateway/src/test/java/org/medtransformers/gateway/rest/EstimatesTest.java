package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;

/** What a file would take is said by what others like it took, or not at all. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class EstimatesTest {
  /** No other test trains with so many images at once. */
  private static ObjectNode document(int batch) {
    return Documents.with(
        Documents.single("demo"), "dataloader_params.trainloader.batch_size", batch);
  }

  private static JsonNode checked(JsonNode document) {
    return Json.parse(
        given()
            .contentType(ContentType.JSON)
            .body(Json.write(document))
            .post(Gateway.EXPERIMENTS + "/validate")
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  @Test
  void aTrainingTakesWhatOneLikeItTookForEachEpoch() {
    assertEquals(0, checked(document(13)).at("/cost/known").intValue());
    Gateway.ended(Gateway.post(document(13)));
    JsonNode again = checked(document(13));
    double seconds = again.at("/cost/seconds").doubleValue();
    assertEquals(1, again.at("/cost/known").intValue());
    assertTrue(seconds > 0);
    assertEquals(seconds, again.at("/runs/0/seconds").doubleValue(), 0);
    int epochs = document(13).at("/training_params/epochs").intValue();
    ObjectNode longer = Documents.with(document(13), "training_params.epochs", 3 * epochs);
    assertEquals(3 * seconds, checked(longer).at("/cost/seconds").doubleValue(), 1e-9 * seconds);
  }

  @Test
  void ofATrainingWithOtherSizesNothingIsSaid() {
    Gateway.ended(Gateway.post(document(14)));
    JsonNode other = checked(document(15));
    assertEquals(0, other.at("/cost/known").intValue());
    assertTrue(other.at("/runs/0/seconds").isMissingNode());
  }
}
