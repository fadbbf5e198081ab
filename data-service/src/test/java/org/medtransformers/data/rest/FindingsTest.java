package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

/** Forty images of twenty patients; ten of them have the file of the first. */
@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class FindingsTest {
  private static final Path LOCATION = DataTestStack.DATA.resolve("copies");
  private static final int COPIES = 10;

  @Inject Preparer preparer;
  @Inject PreparedStore store;
  @Inject Datasets datasets;
  private String id;
  private String address;

  @BeforeEach
  void prepareASetWithCopies() throws IOException {
    new PhantomDataset(40, 32, 9).write(LOCATION);
    Path folder = LOCATION.resolve("APTOS2019");
    List<Path> files;
    try (Stream<Path> images = Files.list(folder.resolve("train_images"))) {
      files = images.sorted().toList();
    }
    for (Path copy : files.subList(1, COPIES)) {
      Files.copy(files.get(0), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> lines = Files.readAllLines(folder.resolve("train.csv"));
    StringBuilder labels = new StringBuilder("id_code,diagnosis,patient\n");
    for (int i = 1; i < lines.size(); i++) {
      // What is drawn once stays, so that there may be patients already.
      List<String> cells = List.of(lines.get(i).split(",", -1)).subList(0, 2);
      labels.append(String.join(",", cells)).append(",patient-").append((i - 1) / 2).append('\n');
    }
    Files.writeString(folder.resolve("train.csv"), labels);
    var dataset = preparer.prepare(Requests.spec(LOCATION, 24), (done, total) -> {});
    datasets.register(dataset);
    id = dataset.id();
    address = "/api/v1/datasets/" + id;
  }

  @Test
  void copiesAcrossPartsAreShownWithTheNumbersOfTheirPictures() {
    JsonPath found = given().get(address + "/findings").then().statusCode(200).extract().jsonPath();
    assertEquals(List.of(COPIES), found.getList("duplicates.images"));
    assertTrue(found.getBoolean("duplicates[0].acrossParts"));
    PreparedSet set = PreparedSet.open(store.folder(id));
    String file = found.getString("duplicates[0].name");
    for (int number : found.<Integer>getList("duplicates[0].shown.index")) {
      assertEquals(file, set.rows().get(number).sha256());
    }
    assertEquals(5, found.getList("duplicates[0].shown").size());
  }

  @Test
  void patientsInSeveralPartsAreShownWithImagesOfEach() {
    int leaking = given().get(address).path("dataset.leakingGroups");
    JsonPath found =
        given()
            .get(address + "/findings")
            .then()
            .body("leakingGroups.size()", equalTo(leaking))
            .body("leakingGroups.acrossParts", everyItem(is(true)))
            .extract()
            .jsonPath();
    assertTrue(leaking > 0, "twenty patients of two images each, divided image by image");
    for (int group = 0; group < leaking; group++) {
      List<String> parts = found.getList("leakingGroups[%d].shown.split".formatted(group));
      assertEquals(2, parts.size());
      assertFalse(parts.get(0).equals(parts.get(1)), "one of each part");
    }
  }

  @Test
  void aPictureIsThePreparedImageAndNoLargerThanAsked() {
    Image prepared = PreparedSet.open(store.folder(id)).image(7);
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    byte[] whole =
        given().get(address + "/images/7").then().statusCode(200).extract().asByteArray();
    assertEquals(prepared, decoder.decode(whole, "picture", 3));
    byte[] small = given().get(address + "/images/7?size=12").asByteArray();
    assertEquals(12, decoder.decode(small, "picture", 3).height());
  }

  @Test
  void aSetTellsItsSizeOnTheDisk() {
    given().get(address).then().body("bytes", greaterThan(40 * 24 * 24 * 3));
  }

  @ParameterizedTest
  @CsvSource({
    "/images/40, 404",
    "/images/x, 400",
    "/images/1?size=0, 400",
    "/images/1?size=1025, 400",
  })
  void whatIsNotThereIsRefused(String path, int status) {
    given().get(address + path).then().statusCode(status).contentType("application/problem+json");
  }

  @Test
  void aSetThatIsNotThereHasNoFindings() {
    given().get("/api/v1/datasets/" + "0".repeat(64) + "/findings").then().statusCode(404);
  }
}
