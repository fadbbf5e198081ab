package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class PreviewResourceTest {
  @Inject Preparer preparer;
  @Inject PreparedStore store;

  private LoaderSpec spec;
  private String preview;

  @BeforeEach
  void makeLoader() {
    String prepared =
        preparer.prepare(Requests.spec(DataTestStack.DATA, 24), (done, total) -> {}).id();
    spec = Requests.loader(prepared, 9);
    LoaderInfo loader =
        given()
            .contentType("application/json")
            .body(Json.write(spec))
            .post("/api/v1/loaders")
            .as(LoaderInfo.class);
    preview = "/api/v1/loaders/" + loader.id() + "/preview";
  }

  @Test
  void previewIsAPngOfTheLibrarysContactSheet() {
    Response response = given().get(preview + "?image=3&n=5");
    response.then().statusCode(200).contentType("image/png");
    Image sheet = new ImageDecoder(ImageLimits.DEFAULT).decode(response.asByteArray(), "sheet", 3);
    Batcher library = new Batcher(PreparedSet.open(store.folder(spec.preparedId())), spec);
    assertEquals(library.contactSheet(3, 5), sheet);
    assertArrayEquals(response.asByteArray(), given().get(preview + "?image=3&n=5").asByteArray());
  }

  @Test
  void thereAreEightSamplesUnlessMoreOrFewerAreAskedFor() {
    assertArrayEquals(
        given().get(preview + "?image=0&n=8").asByteArray(),
        given().get(preview + "?image=0").asByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "'', must be the number of an image",
    "?image=-1, must be the number of an image",
    "?image=x, must be the number of an image",
    "?image=99999999999, must be the number of an image",
    "?image=1&n=0, must be 1 to 64",
    "?image=1&n=65, must be 1 to 64",
    "?image=1&n=many, must be 1 to 64"
  })
  void wrongParametersAreRefused(String query, String problem) {
    given()
        .get(preview + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_REQUEST"))
        .body(containsString(problem));
  }

  @Test
  void theStepsAreThoseOfTheLibraryAndTheLastIsASampleOfTheSheet() {
    String steps = preview.replace("/preview", "/steps");
    given()
        .get(steps + "?image=3&epoch=2")
        .then()
        .statusCode(200)
        .body("steps.name", equalTo(List.of("prepared", "RandomResizedCrop", "HorizontalFlip")))
        .body("steps.height", equalTo(List.of(24, 16, 16)))
        .body("seed", equalTo(3))
        .body("views", equalTo(1));
    Batcher library = new Batcher(PreparedSet.open(store.folder(spec.preparedId())), spec);
    List<Image> images = new ArrayList<>();
    library.watch(3, 2, 0, (name, operations, after) -> images.add(after));
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    for (int step = 0; step < images.size(); step++) {
      byte[] png = given().get(steps + "/" + step + "?image=3&epoch=2").asByteArray();
      assertEquals(images.get(step), decoder.decode(png, "step", 3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?image=3&view=1, 404",
    "?image=28, 404",
    "?image=3&epoch=-1, 400",
    "'', 400",
    "/3?image=3, 404",
    "/x?image=3, 400",
    "/1?image=3&size=5000, 400",
  })
  void stepsThatAreNotThereAreRefused(String query, int status) {
    given()
        .get(preview.replace("/preview", "/steps") + query)
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  @Test
  void nothingIsPreparedJustNow() {
    given()
        .get("/api/v1/jobs")
        .then()
        .statusCode(200)
        .body("kind", equalTo("prepare"))
        .body("jobs.size()", equalTo(0));
  }

  @Test
  void imagesOfOtherSplitsAndLoadersThatDoNotExistAreNotFound() {
    given()
        .get(preview + "?image=28")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", equalTo("there is no image 28 in split train, which has 0 to 27"));
    given()
        .get("/api/v1/loaders/%s/preview?image=0".formatted("0".repeat(64)))
        .then()
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"));
  }
}
