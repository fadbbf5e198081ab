package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

/** Forty images of twenty patients. */
@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class ErasureTest {
  private static final Path LOCATION = DataTestStack.DATA.resolve("erasure");

  @Inject Preparer preparer;
  @Inject PreparedStore store;
  @Inject Datasets datasets;
  private final String patients = "patient-" + UUID.randomUUID();
  private PreparedDataset before;

  @BeforeEach
  void prepare() throws IOException {
    new PhantomDataset(40, 32, 11).write(LOCATION);
    Path folder = LOCATION.resolve("APTOS2019");
    List<String> lines = Files.readAllLines(folder.resolve("train.csv"));
    StringBuilder labels = new StringBuilder("id_code,diagnosis,patient\n");
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = List.of(lines.get(i).split(",", -1)).subList(0, 2);
      labels.append(String.join(",", cells)).append(',').append(patient((i - 1) / 2)).append('\n');
    }
    Files.writeString(folder.resolve("train.csv"), labels);
    before = prepared();
  }

  private String patient(int number) {
    return patients + "-" + number;
  }

  private PreparedDataset prepared() {
    PreparedDataset dataset = preparer.prepare(Requests.spec(LOCATION, 24), (done, total) -> {});
    datasets.register(dataset);
    return dataset;
  }

  private static ValidatableResponse step(String step, String patient, String... kinds) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("step", step, "thing", "group", "name", patient, "datasets", List.of(kinds)))
        .post("/api/v1/erasures")
        .then()
        .statusCode(200);
  }

  private static int images(PreparedDataset dataset) {
    return dataset.sizes().train() + dataset.sizes().val() + dataset.sizes().test();
  }

  @Test
  void aSetIsFoundWithTheFilesThatItsImagesCameFrom() {
    step("LOOK", patient(3))
        .body("sets.id", equalTo(List.of(before.id())))
        .body("sets[0].dataset", equalTo("APTOS2019"))
        .body("sets[0].images", equalTo(2))
        .body("sets[0].sources.size()", equalTo(2));
    step("LOOK", patient(3), "ISIC2019").body("sets.size()", equalTo(0));
    step("LOOK", patients).body("sets.size()", equalTo(0));
    assertTrue(store.find(before.id()).isPresent(), "looking changes nothing");
  }

  @Test
  void whatIsBarredIsLeftOutOfTheNextSetThatSaysSo() {
    step("BAR", patient(4), "APTOS2019").body("sets.id", equalTo(List.of(before.id())));
    PreparedDataset after = prepared();
    assertEquals(38, images(after));
    assertTrue(
        after.warnings().contains("APTOS2019: images left out because they were erased: 2"),
        after.warnings()::toString);
  }

  @Test
  void aRemovedSetIsGoneFromTheDiskAndWithItsSplitFromTheDatabase() {
    given().get("/api/v1/splits/" + before.split().sha256()).then().statusCode(200);
    step("BAR", patient(5), "APTOS2019");
    step("REMOVE", patient(5), "APTOS2019").body("failures.size()", equalTo(0));
    assertFalse(Files.exists(store.folder(before.id())));
    given().get("/api/v1/datasets/" + before.id()).then().statusCode(404);
    given().get("/api/v1/splits/" + before.split().sha256()).then().statusCode(404);
    step("REMOVE", patient(5), "APTOS2019")
        .body("sets.size()", equalTo(0))
        .body("failures.size()", equalTo(0));
  }

  @Test
  void aSetOfWhichNobodyKnowsWhatItHoldsGoesToo() throws IOException {
    Files.writeString(store.folder(before.id()).resolve("index.csv"), "damaged");
    step("LOOK", "nobody", "APTOS2019").body("sets.id", hasItem(before.id()));
    step("LOOK", "nobody", "ISIC2019").body("sets.size()", equalTo(0));
    step("REMOVE", "nobody", "APTOS2019");
    assertFalse(Files.exists(store.folder(before.id())));
  }

  @Test
  void anOrderThatSaysTooLittleIsRefused() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("step", "REMOVE", "thing", "group", "name", ""))
        .post("/api/v1/erasures")
        .then()
        .statusCode(400);
  }
}
