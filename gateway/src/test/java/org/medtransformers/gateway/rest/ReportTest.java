package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeDataService;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** The report of a finished experiment, as a client gets it. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ReportTest {
  @Inject Artifacts artifacts;
  FakeServices services;

  @BeforeEach
  void dataServiceHasTheImages() {
    services.answerAll(FakeDataService::having);
  }

  @AfterEach
  void nobodyHasAnything() {
    services.forget();
  }

  private String ended() throws IOException {
    String id = Gateway.post(Documents.comparison("demo"));
    for (RunView run : Gateway.ended(id).runs()) {
      Path folder = Files.createDirectories(artifacts.run(run.id()));
      int right = run.backbone().equals("resnet18") ? 40 : 30;
      Files.writeString(
          folder.resolve(EvaluationResults.PREDICTIONS),
          PredictionsCsv.write(IntStream.range(0, 50).mapToObj(i -> image(i, right)).toList(), 5));
    }
    return id;
  }

  private static PredictedImage image(int number, int right) {
    int said = number < right ? number % 5 : (number + 1) % 5;
    return new PredictedImage(
        "image" + number,
        "patient " + number / 2,
        List.of(number % 5),
        List.of(said),
        List.of(0.2, 0.2, 0.2, 0.2, 0.2));
  }

  private static ValidatableResponse report(String id, String query) {
    return given().get(Gateway.EXPERIMENTS + "/" + id + "/report" + query).then();
  }

  private static Document page(String id, String query) {
    return Jsoup.parse(
        report(id, query).statusCode(200).contentType("text/html").extract().asString());
  }

  @Test
  void aPageHasVerdictCountsAndExamples() throws IOException {
    Document page = page(ended(), "");
    assertTrue(page.select(".lead").text().startsWith("APTOS2019: resnet18 (random) is better"));
    assertEquals(
        List.of("No DR", "30", "3", "3", "36"),
        page.select("#data tbody tr").first().children().eachText());
    assertEquals(10, page.select(".pictures img").size());
    assertEquals(
        "Example image of the class No DR", page.select(".pictures img").first().attr("alt"));
    assertTrue(page.getElementById("limits").text().contains("a leak, 1 file"));
    assertTrue(
        page.select("#figures img").attr("src").startsWith("data:image/svg+xml;base64,"),
        "no figure");
  }

  @Test
  void whoWantsNoImagesGetsNone() throws IOException {
    assertTrue(page(ended(), "?images=false").select(".pictures").isEmpty());
  }

  @Test
  void withoutTheDataServiceThereIsAReportThatSaysSo() throws IOException {
    services.answerAll(FakeDataService::away);
    Document page = page(ended(), "");
    assertTrue(
        page.getElementById("data")
            .text()
            .matches(".*did not tell of these images: http://\\S+ answered 503.*"));
    assertTrue(page.select(".pictures").isEmpty());
  }

  @Test
  void otherFormsAreHadByTheirNames() throws IOException {
    String id = ended();
    report(id, "?format=md").contentType("text/markdown").body(containsString("## Verdict"));
    report(id, "?format=latex")
        .contentType("application/x-latex")
        .body(containsString("\\end{document}"));
    byte[] archive =
        report(id, "?format=zip").contentType("application/zip").extract().asByteArray();
    assertArrayEquals(archive, report(id, "?format=zip").extract().asByteArray());
    report(id, "?format=docx").statusCode(400).body("detail", containsString("found docx"));
    report(id, "?images=some").statusCode(400);
    report("unknown", "").statusCode(404);
  }

  /** Of a running one, too, and each time anew. */
  @Test
  void aRunningExperimentHasAReport() {
    String id = Gateway.post(Documents.comparison("hold"));
    assertTrue(page(id, "").select(".warning").text().contains("still running"));
    given().post(Gateway.EXPERIMENTS + "/" + id + "/cancel").then().statusCode(202);
    Gateway.ended(id);
    assertTrue(page(id, "").select(".warning").text().contains("is not whole"));
  }
}
