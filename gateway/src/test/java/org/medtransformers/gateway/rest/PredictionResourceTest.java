package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** What is said of single images, and what a threshold makes of it. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class PredictionResourceTest {
  private static final String FIVE_CLASSES =
      """
      image,group,label,prediction,probability_0,probability_1,probability_2,probability_3,probability_4
      a,p1,0,0,0.6,0.1,0.1,0.1,0.1
      b,p1,1,0,0.5,0.05,0.15,0.2,0.1
      <c>,p2,1,1,0.1,0.7,0.1,0.05,0.05
      d,,4,1,0.0,0.9,0.08,0.01,0.01
      """;

  /** Labels and scores of {@code ThresholdPointTest}, whose numbers are scikit-learn's. */
  private static final String TWO_CLASSES =
      """
      image,group,label,prediction,probability_0,probability_1
      0,,0,0,0.9,0.1
      1,,1,1,0.1,0.9
      2,,1,0,0.6,0.4
      3,,0,0,0.6,0.4
      4,,1,1,0.25,0.75
      5,,0,1,0.4,0.6
      6,,0,0,0.95,0.05
      7,,1,1,0.4,0.6
      8,,1,0,0.8,0.2
      9,,0,0,0.7,0.3
      """;

  @Inject Artifacts artifacts;
  @Inject Database database;

  /** Given by {@link GatewayTestStack}. */
  FakeServices services;

  private String run;
  private Path folder;

  @BeforeEach
  void train() throws IOException {
    run = Gateway.ended(Gateway.post(Documents.single("predicted"))).runs().get(0).id();
    folder = artifacts.run(run);
    Files.createDirectories(folder.resolve("attention"));
  }

  @Test
  void theMostWrongComesFirstWithWhatTheModelLookedAt() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    Files.writeString(
        folder.resolve("attention/index.json"),
        "[{\"image\": \"d\", \"file\": \"attention/d.png\"}]");
    JsonPath page = json("/predictions?size=3");
    assertEquals(List.of("d", "b", "a"), page.getList("items.image"));
    assertEquals(List.of(3, 1, 0), page.getList("items.row"));
    assertEquals(4.605170185988091, page.getDouble("items[0].loss"), 1e-6);
    assertEquals("attention/d.png", page.getString("items[0].attention"));
    assertEquals(FakeTraining.DATASET.description().classes(), page.getList("classes"));
    assertEquals("test", page.getString("split"));
    assertEquals(
        List.of(4, 2, 4),
        List.of(page.getInt("images"), page.getInt("wrong"), page.getInt("total")));
    get("/predictions?size=3").body("items[1].attention", nullValue());
    assertEquals(
        List.of("a", "b", "<c>", "d"), json("/predictions?sort=row").getList("items.image"));
    assertEquals("<c>", json("/predictions?sort=right").getString("items[0].image"));
    assertEquals(List.of("<c>"), json("/predictions?size=3&page=1").getList("items.image"));
  }

  @Test
  void aCellOfTheConfusionMatrixCanBeLookedInto() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    assertEquals(List.of("b"), json("/predictions?label=1&prediction=0").getList("items.image"));
    assertEquals(List.of("d"), json("/predictions?prediction=1&wrong=true").getList("items.image"));
    assertEquals(
        List.of("a", "<c>"), json("/predictions?wrong=false&sort=row").getList("items.image"));
    get("/predictions?label=7").body("total", equalTo(0)).body("items", hasSize(0));
  }

  @Test
  void anEvaluationThatIsRepeatedReplacesWhatWasSaid() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    get("/predictions").body("images", equalTo(4));
    Files.writeString(
        folder.resolve("predictions.csv"), FIVE_CLASSES.substring(0, FIVE_CLASSES.indexOf("d,,")));
    get("/predictions").body("images", equalTo(3));
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    bad("/predictions").statusCode(404).body("detail", containsString("predictions.csv"));
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    bad("/operating-points").statusCode(404).body("detail", containsString("two classes"));
    bad("/embeddings").statusCode(404).body("detail", containsString("umap.json"));
    for (String wrong : List.of("sort=worst", "size=101", "page=-1", "label=-1", "wrong=maybe")) {
      bad("/predictions?" + wrong).statusCode(400);
    }
  }

  @Test
  @ExpectsErrors("not of the data set's 5 classes")
  void aDamagedFileIsNamed() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), TWO_CLASSES);
    bad("/predictions")
        .statusCode(500)
        .body("code", equalTo("IO_FAILED"))
        .body("detail", containsString("not of the data set's 5 classes"));
  }

  @Test
  void operatingPointsAreThoseOfScikitLearn() throws IOException {
    ofTwoClasses();
    JsonPath all = json("/operating-points");
    assertEquals(
        List.of("test", "ill", 10, 5),
        List.of(
            all.getString("split"),
            all.getString("positive"),
            all.getInt("images"),
            all.getInt("positives")));
    assertEquals("Infinity", all.getString("points[0].threshold"));
    assertEquals(0.4, all.getDouble("points[4].threshold"), 1e-7);
    assertEquals(List.of(List.of(3, 2), List.of(1, 4)), all.getList("points[4].confusionMatrix"));
    JsonPath one = json("/operating-point?threshold=0.4");
    assertEquals(List.of(List.of(3, 2), List.of(1, 4)), one.getList("confusionMatrix"));
    assertEquals(0.8, one.getDouble("values.sensitivity"), 1e-6);
    assertEquals(0.6, one.getDouble("values.specificity"), 1e-6);
    assertEquals(4 / 6.0, one.getDouble("values.ppv"), 1e-6);
    assertEquals(0.75, one.getDouble("values.npv"), 1e-6);
    assertEquals(1000, one.getInt("intervals.resamples"));
    double low = one.getDouble("intervals.values.sensitivity.low");
    double high = one.getDouble("intervals.values.sensitivity.high");
    assertTrue(low < 0.8 && 0.8 < high, low + " to " + high);
    for (String wrong : List.of("", "?threshold=1.1", "?threshold=NaN", "?threshold=-0.1")) {
      bad("/operating-point" + wrong).statusCode(400);
    }
  }

  /** The run's own description says which task it is. */
  private void ofTwoClasses() throws IOException {
    PreparedDataset five = FakeTraining.DATASET;
    PreparedDataset two =
        new PreparedDataset(
            five.id(),
            new DatasetDescription(
                "Two",
                List.of("well", "ill"),
                Task.BINARY,
                3,
                five.description().mean(),
                five.description().std(),
                TargetMetric.ROC_AUC,
                true),
            five.sizes(),
            five.leakingGroups(),
            five.split(),
            0,
            List.of());
    database.update(
        "UPDATE run SET prepared = ? WHERE id = ?", Json.write(two), UUID.fromString(run));
    Files.writeString(folder.resolve("predictions.csv"), TWO_CLASSES);
  }

  /** The data set has 70 images to train, 15 to validate and 15 to test. */
  @Test
  void embeddingsSayWhichImageItIsAndWhatWasPredicted() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    Files.writeString(folder.resolve("umap.json"), map(100, 100));
    JsonPath all = json("/embeddings");
    assertEquals(69, all.getInt("points[69].row"));
    assertEquals(
        List.of("train", "val"),
        List.of(all.getString("points[69].split"), all.getString("points[70].split")));
    assertEquals(0, all.getInt("points[70].row"));
    assertEquals("d", all.getString("points[88].image"));
    assertEquals(3, all.getInt("points[88].row"));
    assertEquals(List.of(1), all.getList("points[88].prediction"));
    get("/embeddings").body("points[69].prediction", nullValue());
  }

  @Test
  void ofAMapOfEveryTenthImageTheRowsAreThoseOfTheImages() throws IOException {
    Files.writeString(folder.resolve("predictions.csv"), FIVE_CLASSES);
    Files.writeString(folder.resolve("umap.json"), map(100, 10));
    assertEquals(
        List.of(0, 10, 20, 30, 40, 50, 60, 0, 10, 5), json("/embeddings").getList("points.row"));
    Files.writeString(folder.resolve("umap.json"), map(99, 10));
    get("/embeddings").body("points[0].row", nullValue());
  }

  /** The test images are those of {@link #FIVE_CLASSES}, as far as there are so many. */
  private static String map(int images, int shown) {
    String points =
        IntStream.range(0, shown)
            .map(i -> i * images / shown)
            .mapToObj(
                i ->
                    "{\"image\": \"%s\", \"split\": \"%s\", \"labels\": [1], \"x\": %d, \"y\": -1}"
                        .formatted(
                            i == 88 ? "d" : "image-" + i,
                            i < 70 ? "train" : i < 85 ? "val" : "test",
                            i))
            .collect(Collectors.joining(","));
    return "{\"dataset\": \"x\", \"classes\": [], \"images\": %d, \"points\": [%s]}"
        .formatted(images, points);
  }

  @Test
  void aPictureIsThatOfTheRowInTheSplitAsItWasMeasured() {
    String images = "/api/v1/datasets/0123abcd/images?split=%s&page=%d&size=1";
    services.json(images.formatted("val", 3), "[{\"index\": 73, \"id\": \"v\", \"group\": \"\"}]");
    services.json(images.formatted("test", 3), "[{\"index\": 88, \"id\": \"t\", \"group\": \"\"}]");
    services.json(images.formatted("test", 15), "[]");
    services.json("/api/v1/loaders", "{\"id\": \"l1\", \"images\": 15, \"batches\": 1}");
    picture("/api/v1/loaders/l1/preview?image=88&n=1", "of the test split");
    picture("/api/v1/loaders/l1/preview?image=73&n=1", "of the validation split");
    assertEquals(
        "of the test split", get("/images/3").contentType("image/png").extract().asString());
    assertEquals("of the validation split", get("/images/3?split=val").extract().asString());
    List<JsonNode> loaders =
        services.requests("/api/v1/loaders").stream().map(r -> Json.parse(r.body())).toList();
    JsonNode last = loaders.get(loaders.size() - 1);
    assertEquals("val", last.path("split").asText());
    assertTrue(last.at("/views/0/CenterCrop/apply").asBoolean(), "the test transforms");
    bad("/images/15").statusCode(404).body("detail", containsString("no image 15"));
    bad("/images/3?split=all").statusCode(400);
    bad("/images/x").statusCode(404);
  }

  private void picture(String address, String text) {
    services.answer(address, 200, "image/png", text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonPath json(String path) {
    return get(path).extract().jsonPath();
  }

  private ValidatableResponse get(String path) {
    return bad(path).statusCode(200);
  }

  private ValidatableResponse bad(String path) {
    return given().get("/api/v1/runs/" + run + path).then();
  }
}
