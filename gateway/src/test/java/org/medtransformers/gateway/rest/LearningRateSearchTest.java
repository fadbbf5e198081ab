package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.LearningRateSearch.Point;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;

/** Searches for the learning rate, with trainers that answer over a real broker. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class LearningRateSearchTest {
  @Inject FakeWorkers workers;

  /** 0.01, 0.1 and 1, the last of which diverges. */
  private static ObjectNode searching(ObjectNode document) {
    Documents.with(document, "medtrans.lr_finder", true);
    Documents.with(document, "lr_finder.grid_search_params.min_pow", -2);
    Documents.with(document, "lr_finder.grid_search_params.max_pow", 0);
    return Documents.with(document, "lr_finder.grid_search_params.resolution", 3);
  }

  @Test
  void aSearchEndsWithTheBestOfWhatItTried() {
    ExperimentView view =
        Gateway.ended(Gateway.post(searching(Documents.single(FakeTraining.SEARCH))));
    assertEquals(ExperimentState.SUCCEEDED, view.experiment().state());
    assertEquals("search_lr_finder", view.experiment().name());
    LearningRateSearch search = view.searches().get(0);
    assertEquals("cohen_kappa", search.metric());
    assertEquals(
        List.of(0.01, 0.1, 1.0), search.points().stream().map(Point::learningRate).toList());
    assertEquals(
        Arrays.asList(0.8, 0.9, null), search.points().stream().map(Point::metric).toList());
    assertEquals(0.1, search.bestByMetric().learningRate());
    assertEquals(0.01, search.bestByLoss().learningRate(), "the first of equals");
  }

  @Test
  void theTestSplitIsNotTouched() {
    ExperimentView view =
        Gateway.ended(Gateway.post(searching(Documents.single(FakeTraining.SEARCH))));
    for (RunView run : view.runs()) {
      assertEquals(List.of(), workers.commands(run.id(), EvaluationEvent.Requested.class));
      assertNull(run.metrics().test());
    }
    assertEquals(List.of(), view.table().rows());
  }

  @Test
  void aDivergedTrialSaysSoAndLeavesNoModel() {
    ExperimentView view =
        Gateway.ended(Gateway.post(searching(Documents.single(FakeTraining.SEARCH))));
    RunView diverged = view.runs().get(2);
    assertEquals(RunState.SUCCEEDED, diverged.state());
    assertEquals(ErrorCode.TRAINING_DIVERGED, diverged.error().code());
    ObjectNode testing = Documents.single("tested");
    Documents.with(testing, "medtrans.test_only", true);
    Documents.with(testing, "medtrans.checkpoint", diverged.id());
    given()
        .contentType(ContentType.JSON)
        .body(Json.write(testing))
        .post(Gateway.EXPERIMENTS)
        .then()
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"))
        .body("detail", containsString("its training diverged"));
  }

  @Test
  void everyModelAndRepetitionIsASearchOfItsOwn() {
    ExperimentView view =
        Gateway.ended(Gateway.post(searching(Documents.comparison(FakeTraining.SEARCH))));
    assertEquals(12, view.runs().size());
    assertEquals(
        List.of("resnet18 0", "resnet18 1", "deit_tiny 0", "deit_tiny 1"),
        view.searches().stream().map(s -> s.backbone() + " " + s.repetition()).toList());
    assertEquals(
        List.of(3), view.searches().stream().map(s -> s.points().size()).distinct().toList());
  }

  @Test
  void whileItRunsASearchShowsWhatIsKnown() {
    String id = Gateway.post(searching(Documents.single(FakeTraining.HOLD)));
    LearningRateSearch search = Gateway.allIn(id, RunState.TRAINING).searches().get(0);
    assertNull(search.bestByMetric());
    assertNull(search.points().get(0).metric());
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    assertEquals(ExperimentState.CANCELLED, Gateway.ended(id).experiment().state());
  }
}
