package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** Whether the models of finished experiments differ, from what they said of each test image. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class PairedComparisonsTest {
  @Inject Artifacts artifacts;

  /** Images of five classes in turn, of which the model has the first few right. */
  private static List<PredictedImage> predictions(int right, String name) {
    return IntStream.range(0, 50)
        .mapToObj(
            i -> {
              int said = i < right ? i % 5 : (i + 1) % 5;
              return new PredictedImage(
                  name + i,
                  "patient " + i / 2,
                  List.of(i % 5),
                  List.of(said),
                  List.of(0.2, 0.2, 0.2, 0.2, 0.2));
            })
        .toList();
  }

  private void write(RunView run, List<PredictedImage> predictions) throws IOException {
    Path folder = Files.createDirectories(artifacts.run(run.id()));
    Files.writeString(
        folder.resolve(EvaluationResults.PREDICTIONS), PredictionsCsv.write(predictions, 5));
  }

  /** The first backbone has 40 images right, the second 30. */
  private String compared() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    for (RunView run : Gateway.ended(id).runs()) {
      write(run, predictions(run.backbone().equals("resnet18") ? 40 : 30, "image"));
    }
    return id;
  }

  private static ValidatableResponse comparison(String id, String query) {
    return given().get(Gateway.EXPERIMENTS + "/" + id + "/comparison" + query).then();
  }

  @Test
  void modelsAreTestedOnTheImagesOfTheirPredictions() throws IOException {
    comparison(compared(), "")
        .statusCode(200)
        .body("table.rows", hasSize(2))
        .body("tests", hasSize(1))
        .body("tests[0].first.backbone", equalTo("resnet18"))
        .body("tests[0].metric", equalTo("cohen_kappa"))
        .body("tests[0].repetitions", equalTo(2))
        .body("tests[0].images", equalTo(50))
        .body("tests[0].groups", equalTo(25))
        .body("tests[0].perSeed.firstOnly", equalTo(List.of(10, 10)))
        .body("tests[0].perSeed.secondOnly", equalTo(List.of(0, 0)))
        .body("tests[0].perSeed[0].p", equalTo((float) (2 * Math.pow(0.5, 10))))
        .body("tests[0].perSeed[0].pHolm", equalTo((float) (4 * Math.pow(0.5, 10))))
        .body("tests[0].claim.rope", equalTo(0.01f))
        .body("tests[0].claim.unit", equalTo("group"))
        .body("tests[0].claim.units", equalTo(25))
        .body("tests[0].claim.few", equalTo(List.of("25 groups, fewer than 30")))
        .body("tests[0].claim.decision", equalTo("first_better"))
        .body("verdicts", hasSize(1))
        .body("verdicts[0].best.backbone", equalTo("resnet18"))
        .body(
            "verdicts[0].sentence",
            startsWith(
                "APTOS2019: resnet18 (random) is better than deit_tiny (random): cohen_kappa"))
        .body("ranks", nullValue())
        .body("notes", equalTo(FakeWorkers.NOTICES));
  }

  @Test
  void theComparisonIsHadInOtherFormsByAcceptOrFormat() throws IOException {
    String id = compared();
    comparison(id, "?format=latex")
        .contentType("application/x-latex")
        .body(containsString("\\toprule"));
    given()
        .accept("text/csv")
        .get(Gateway.EXPERIMENTS + "/" + id + "/comparison")
        .then()
        .contentType("text/csv")
        .body(containsString("random,resnet18,APTOS2019,cohen_kappa,0.55"));
    comparison(id, "?format=html").statusCode(400).body("detail", containsString("found html"));
  }

  @Test
  void experimentsComeIntoOneTableAndKeepTheirRowsApart() throws IOException {
    String id = compared();
    String other = compared();
    ExperimentComparison found =
        Json.read(
            comparison(id, "?with=" + other).statusCode(200).extract().asString(),
            ExperimentComparison.class);
    assertEquals(4, found.table().rows().size());
    // Two within each experiment, and each backbone against itself in the other.
    assertEquals(4, found.tests().size());
    comparison(id, "?with=unknown").statusCode(404);
  }

  @Test
  void withoutPredictionsNothingIsTestedAndANoteSaysWhy() {
    String id = Gateway.post(Documents.comparison("demo"));
    Gateway.ended(id);
    comparison(id, "")
        .statusCode(200)
        .body("tests", hasSize(0))
        .body("notes", hasSize(4 + FakeWorkers.NOTICES.size()))
        .body(
            "notes[0]",
            equalTo(
                "APTOS2019: resnet18, random #1 is not compared, its predictions.csv cannot be"
                    + " used: it is not there"));
  }

  @Test
  void aFileThatAppearsLaterCounts() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    List<RunView> runs = Gateway.ended(id).runs();
    comparison(id, "").body("tests", hasSize(0));
    for (RunView run : runs) {
      write(run, predictions(30, "image"));
    }
    comparison(id, "")
        .body("tests", hasSize(1))
        .body("tests[0].difference.p.toDouble()", closeTo(1.0, 1e-12));
  }

  @Test
  void damagedAndOtherFilesAreNotedNotCompared() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    List<RunView> runs = Gateway.ended(id).runs();
    Files.createDirectories(artifacts.run(runs.get(0).id()));
    Files.writeString(
        artifacts.run(runs.get(0).id()).resolve(EvaluationResults.PREDICTIONS), "a,b\n1,2\n");
    write(runs.get(1), predictions(40, "image"));
    write(runs.get(2), predictions(30, "other"));
    write(runs.get(3), predictions(30, "other"));
    comparison(id, "")
        .body("tests", hasSize(0))
        .body("notes", hasSize(2 + FakeWorkers.NOTICES.size()))
        .body("notes[0]", containsString("the first line is not image,group,label,prediction"))
        .body("notes[1]", containsString("they were tested on different images"));
  }
}
