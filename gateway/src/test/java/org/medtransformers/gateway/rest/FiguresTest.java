package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** Figures as a browser asks for them, of an experiment whose runs left their predictions. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class FiguresTest {
  @Inject Artifacts artifacts;

  /** Fifty images of five classes in turn, of which the first few are right. */
  private static List<PredictedImage> predictions(int right) {
    return IntStream.range(0, 50)
        .mapToObj(
            i -> {
              int said = i < right ? i % 5 : (i + 1) % 5;
              List<Double> probabilities =
                  IntStream.range(0, 5).mapToObj(c -> c == said ? 0.6 : 0.1).toList();
              return new PredictedImage(
                  "image" + i, "", List.of(i % 5), List.of(said), probabilities);
            })
        .toList();
  }

  private void write(RunView run, String text) throws IOException {
    Path folder = Files.createDirectories(artifacts.run(run.id()));
    Files.writeString(folder.resolve(EvaluationResults.PREDICTIONS), text);
  }

  /** Two models, each trained twice: the first has 40 images right, the second 30. */
  private String compared() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    for (RunView run : Gateway.ended(id).runs()) {
      int right = run.backbone().equals("resnet18") ? 40 : 30;
      write(run, PredictionsCsv.write(predictions(right), 5));
    }
    return id;
  }

  private static ValidatableResponse experiment(String id, String path) {
    return given().get(Gateway.EXPERIMENTS + "/" + id + "/figures" + path).then();
  }

  @Test
  void anExperimentHasTheFiguresForWhichThereAreNumbers() throws IOException {
    experiment(compared(), "")
        .statusCode(200)
        .body(
            "name",
            hasItems(
                "differences",
                "metric",
                "roc",
                "pr",
                "reliability",
                "confusion",
                "training-curves"))
        .body("name", not(hasItems("ranks")))
        .body(
            "find {it.name == 'confusion'}.n",
            equalTo("2 trainings per model, 50 test images each"));
  }

  @Test
  void aFigureIsSentSoThatNothingInItRuns() throws IOException {
    String id = compared();
    String tag =
        experiment(id, "/differences.svg")
            .statusCode(200)
            .contentType("image/svg+xml")
            .header("Content-Security-Policy", containsString("sandbox"))
            .header("X-Content-Type-Options", equalTo("nosniff"))
            .body(containsString("the first is better"))
            .extract()
            .header("ETag");
    given()
        .header("If-None-Match", tag)
        .get(Gateway.EXPERIMENTS + "/" + id + "/figures/differences.svg")
        .then()
        .statusCode(304);
  }

  @Test
  void matricesAreSummedOverTheTrainings() throws IOException {
    String csv =
        experiment(compared(), "/confusion.csv")
            .statusCode(200)
            .contentType("text/csv")
            .extract()
            .asString();
    List<String> right =
        csv.lines()
            .map(line -> line.split(","))
            .filter(cells -> cells[0].equals("resnet18") && cells[2].equals(cells[3]))
            .map(cells -> cells[4])
            .toList();
    assertEquals(List.of("16", "16", "16", "16", "16"), right);
  }

  @Test
  void whatCannotBeReadIsLeftOutAndSaid() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    List<RunView> runs = Gateway.ended(id).runs();
    experiment(id, "").body("name", not(hasItems("roc"))).body("name", hasItems("metric"));
    write(runs.get(0), PredictionsCsv.write(predictions(40), 5));
    write(runs.get(1), "a,b\n1,2\n");
    experiment(id, "")
        .body(
            "find {it.name == 'roc'}.caption",
            containsString("Of 4 trainings that were planned, 1 have predictions."));
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() throws IOException {
    experiment(compared(), "/rock.svg")
        .statusCode(404)
        .body("detail", containsString("there is no figure rock; there are: differences, metric"));
    experiment("00000000-0000-0000-0000-000000000000", "").statusCode(404);
    given().get("/api/v1/runs/none/figures").then().statusCode(404);
  }

  @Test
  void aRunHasItsTrainingCurvesAtLeast() throws IOException {
    String id = compared();
    String run = Gateway.get(id).runs().get(0).id();
    given()
        .get("/api/v1/runs/" + run + "/figures")
        .then()
        .statusCode(200)
        .body("name", equalTo(List.of("training-curves")));
    String csv =
        given()
            .get("/api/v1/runs/" + run + "/figures/training-curves.csv")
            .then()
            .extract()
            .asString();
    assertTrue(csv.startsWith("model,trainings,curve,epoch,value,low,high\n"), csv);
    assertTrue(csv.lines().anyMatch(line -> line.contains(",loss,")), csv);
  }
}
