package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunPage;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;

/** The runs of an experiment, page by page. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class RunPagesTest {
  @Test
  void ofManyRunsTheFirstHundredAreShownAndThePagesHaveAll() {
    var document = Documents.single(FakeTraining.LOST_COMMANDS);
    Documents.with(document, "experiment.repetitions", 103);
    String id = Gateway.post(document);
    ExperimentView view = Gateway.get(id);
    assertEquals(100, view.runs().size());
    assertEquals(103, view.runsTotal());
    List<RunView> all = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      RunPage found =
          Json.read(
              pages(id, "page=" + page + "&size=30", 200).extract().asString(), RunPage.class);
      assertEquals(103, found.total());
      all.addAll(found.items());
    }
    assertEquals(
        IntStream.range(0, 103).boxed().toList(), all.stream().map(RunView::repetition).toList());
    assertEquals(
        view.runs().stream().map(RunView::id).toList(),
        all.stream().limit(100).map(RunView::id).toList());
    pages(id, "page=4&size=30", 200).body("items", hasSize(0)).body("total", equalTo(103));
  }

  @Test
  void onlyRunsInTheStatesAskedForAreGivenAndCounted() {
    String id = Gateway.post(Documents.comparison(FakeTraining.FAIL));
    Gateway.ended(id);
    pages(id, "state=FAILED", 200)
        .body("total", equalTo(2))
        .body("items.state", equalTo(List.of("FAILED", "FAILED")))
        .body("items.repetition", equalTo(List.of(1, 1)));
    pages(id, "state=QUEUED,SUCCEEDED&size=1&page=1", 200)
        .body("total", equalTo(2))
        .body("items.state", equalTo(List.of("SUCCEEDED")));
    pages(id, "", 200).body("total", equalTo(4)).body("size", equalTo(20));
  }

  /** The pattern of the request names them one by one. */
  @Test
  void everyStateCanBeAskedFor() {
    String id = Gateway.post(Documents.single("demo"));
    for (RunState state : RunState.values()) {
      pages(id, "state=" + state, 200);
    }
  }

  @Test
  void whatIsNoStateOrPageIsNamed() {
    String id = Gateway.post(Documents.single("demo"));
    pages(id, "state=DONE", 400).body("detail", containsString("QUEUED, PREPARING"));
    pages(id, "size=101", 400).body("detail", containsString("from 1 to 100"));
    pages(id, "page=-1", 400).body("detail", containsString("from 0"));
    pages("unknown", "", 404).body("detail", equalTo("there is no experiment unknown"));
  }

  private static ValidatableResponse pages(String id, String query, int status) {
    String path = Gateway.EXPERIMENTS + "/" + id + "/runs";
    return given().get(query.isEmpty() ? path : path + "?" + query).then().statusCode(status);
  }
}
