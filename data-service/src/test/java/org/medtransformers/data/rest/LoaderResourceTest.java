package org.medtransformers.data.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.service.testing.AskingService;
import org.medtransformers.tokens.PeerToken;

@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class LoaderResourceTest {
  private static final String LOADERS = "/api/v1/loaders";
  private static final String PROBLEM = "application/problem+json";

  @Inject Preparer preparer;
  @Inject PreparedStore store;

  @TestHTTPResource("/")
  URI service;

  private String preparedId;

  @BeforeEach
  void prepare() {
    preparedId = prepare(24);
  }

  private String prepare(int size) {
    return preparer.prepare(Requests.spec(DataTestStack.DATA, size), (done, total) -> {}).id();
  }

  @Test
  void loaderIsMadeOnceAndFoundAgain() {
    LoaderSpec spec = Requests.loader(preparedId, 7);
    LoaderInfo made = post(spec).then().statusCode(201).extract().as(LoaderInfo.class);
    assertEquals(spec, made.spec());
    assertEquals(28, made.images());
    assertEquals(4, made.batches());
    Response again = post(spec);
    again.then().statusCode(200).header("location", containsString(LOADERS + "/" + made.id()));
    assertEquals(made, given().get(LOADERS + "/" + made.id()).as(LoaderInfo.class));
  }

  @Test
  void batchOverHttpIsTheBatchOfTheLibrary() {
    LoaderSpec spec = Requests.loader(preparedId, 8);
    LoaderInfo loader = post(spec).as(LoaderInfo.class);
    Batcher library = new Batcher(PreparedSet.open(store.folder(preparedId)), spec);
    for (int batch = 0; batch < loader.batches(); batch++) {
      Response response = given().get(batches(loader.id(), 2, batch));
      response
          .then()
          .statusCode(200)
          .contentType(Safetensors.MEDIA_TYPE)
          .header("cache-control", containsString("immutable"));
      assertArrayEquals(library.batch(2, batch).encode().array(), response.asByteArray());
    }
    Safetensors first =
        Safetensors.read(ByteBuffer.wrap(given().get(batches(loader.id(), 0, 0)).asByteArray()));
    assertEquals(List.of(8L, 3L, 16L, 16L), first.get("view.0").shape());
  }

  @Test
  void whatASlowReaderHasNotTakenIsCountedUntilItIsGone() throws Exception {
    String id = post(large(3, 2048, 1)).as(LoaderInfo.class).id();
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
            .formatted(
                batches(id, 0, 0),
                AskingService.bearer(ServiceName.TRAINER, PeerToken.About.loader(id)));
    try (Socket reader = new Socket(service.getHost(), service.getPort())) {
      reader.getOutputStream().write(request.getBytes(US_ASCII));
      // Some of it lies in the buffers of the connection, which counts as taken.
      await().until(() -> untaken() > 2 * 3 * 2048 * 2048);
    }
    await().until(() -> untaken() == 0);
  }

  /** Batches of so many images of {@code size}² pixels, in so many views. */
  private LoaderSpec large(int images, int size, int views) {
    Transforms crop =
        Json.read(
            "{\"RandomResizedCrop\": {\"apply\": true, \"size\": %d, \"scale\": [0.8, 1]}}"
                .formatted(size),
            Transforms.class);
    return new LoaderSpec(
        preparedId, Split.TRAIN, Collections.nCopies(views, crop), images, false, false, 0);
  }

  private static double untaken() {
    return metric("medtrans_batches_untaken_bytes");
  }

  /** The value of the metric {@code name}, which has one series. */
  private static double metric(String name) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyBatchesThatAreMadeAreTimed() {
    LoaderSpec small = Requests.loader(preparedId, 9);
    String good = batches(post(small).as(LoaderInfo.class).id(), 0, 0);
    String tooLarge = batches(post(large(28, 4096, 16)).as(LoaderInfo.class).id(), 0, 0);
    double before = metric("medtrans_batches_seconds_count");
    given().get(tooLarge).then().statusCode(400);
    given().get(good).then().statusCode(200);
    assertEquals(1, metric("medtrans_batches_seconds_count") - before);
  }

  @Test
  void callerThatHasABatchIsNotSentItAgain() {
    LoaderInfo loader = post(Requests.loader(preparedId, 6)).as(LoaderInfo.class);
    String url = batches(loader.id(), 0, 1);
    String tag = given().get(url).header("etag");
    given().header("if-none-match", tag).get(url).then().statusCode(304);
    given().header("if-none-match", "\"other\"").get(url).then().statusCode(200);
  }

  @Test
  void batchesThatDoNotExistAreNotFound() {
    LoaderInfo loader = post(Requests.loader(preparedId, 5)).as(LoaderInfo.class);
    for (String url :
        List.of(
            batches(loader.id(), 0, 6),
            batches(loader.id(), 0, -1),
            batches(loader.id(), -1, 0),
            LOADERS + "/" + loader.id() + "/epochs/x/batches/0",
            batches("0".repeat(64), 0, 0),
            LOADERS + "/..%2F..%2Fetc%2Fpasswd",
            LOADERS + "/" + "0".repeat(64))) {
      given().urlEncodingEnabled(false).get(url).then().statusCode(404).contentType(PROBLEM);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../../etc", "nonsense", "", "%2e%2e"})
  void idsThatAreNoneFindNothing(String id) {
    post(Requests.loader(id, 5))
        .then()
        .statusCode(404)
        .contentType(PROBLEM)
        .body("code", equalTo("NOT_FOUND"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "{}",
        "{\"preparedId\": \"ID\", \"split\": \"train\", \"batchSize\": 4}",
        "{\"preparedId\": \"ID\", \"split\": \"all\", \"views\": [{}], \"batchSize\": 4}",
        "{\"preparedId\": \"ID\", \"views\": [{}], \"batchSize\": 4}",
        "{\"split\": \"train\", \"views\": [{}], \"batchSize\": 4}",
        "{\"preparedId\": \"ID\", \"split\": \"train\", \"views\": [{}], \"batchSize\": 0}",
        "{\"preparedId\": \"ID\", \"split\": \"train\", \"views\": [], \"batchSize\": 4}",
        "{\"preparedId\": \"ID\", \"split\": \"train\", \"views\": [null], \"batchSize\": 4}",
        "{\"preparedId\": \"ID\", \"split\": \"train\", \"batchSize\": 4, \"views\":"
            + " [{\"CenterCrop\": {\"apply\": true, \"height\": 99999, \"width\": 99999}}]}"
      })
  void malformedDescriptionsAreRefused(String body) {
    given()
        .contentType("application/json")
        .body(body.replace("ID", preparedId))
        .post(LOADERS)
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("code", equalTo("INVALID_REQUEST"));
  }

  @Test
  void setDeletedByHandIsSaidToBeGone() throws IOException {
    String id = prepare(12);
    LoaderInfo known = post(Requests.loader(id, 5)).as(LoaderInfo.class);
    FileUtils.deleteDirectory(store.folder(id).toFile());
    post(Requests.loader(id, 4))
        .then()
        .statusCode(404)
        .body("detail", containsString("prepare it again"));
    prepare(12);
    post(Requests.loader(id, 4)).then().statusCode(201);
    given().get(batches(known.id(), 0, 0)).then().statusCode(200);
  }

  private static Response post(LoaderSpec spec) {
    return given().contentType("application/json").body(Json.write(spec)).post(LOADERS);
  }

  private static String batches(String loader, int epoch, int batch) {
    return "%s/%s/epochs/%d/batches/%d".formatted(LOADERS, loader, epoch, batch);
  }
}
