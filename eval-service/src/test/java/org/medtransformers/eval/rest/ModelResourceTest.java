package org.medtransformers.eval.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.eval.EvalTestStack;
import org.medtransformers.files.RunManifest;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.service.path.Artifacts;

/** A model whose head says the same of every image: that it is bright, three to one. */
@QuarkusTest
@QuarkusTestResource(EvalTestStack.class)
class ModelResourceTest {
  private static final double LOGIT = Math.log(3);

  @Inject Artifacts artifacts;
  private final String runId = UUID.randomUUID().toString();
  private final String model = "/api/v1/models/" + runId;
  private Map<String, Tensor> weights;
  private byte[] image;

  @BeforeEach
  void leaveAModel() throws IOException {
    RunConfig config = config();
    PreparedDataset prepared =
        new PreparedDataset(
            "p", EvalTestStack.DESCRIPTION, new SplitSizes(8, 4, 4), 0, null, 0, List.of());
    Path run = artifacts.run(runId);
    new RunManifest(runId, 7, "0f", config, prepared, null).write(run);
    weights =
        new HashMap<>(
            Initializer.initialise(LearnerSpec.model(config, EvalTestStack.DESCRIPTION), 1));
    weights.put("fc.weight", zeros(weights.get("fc.weight")));
    weights.put("fc.bias", Tensor.ofFloats(new float[] {(float) LOGIT}, 1));
    new CheckpointStore(run.resolve("checkpoints"), 1)
        .save(1, 1, Json.tree(Map.of()), true, this::write);
    byte[] pixels = new byte[40 * 50];
    Arrays.fill(pixels, (byte) 200);
    image = PngEncoder.encode(new Image(pixels, 40, 50, 1));
  }

  @Test
  void anImageIsAnsweredWithTheProbabilityOfEachClass() {
    ask("", image)
        .statusCode(200)
        .body("runId", equalTo(runId))
        .body("classes.name", equalTo(List.of("dark", "bright")))
        .body("classes[0].probability", closeTo(0.25, 1e-6))
        .body("classes[1].probability", closeTo(0.75, 1e-6))
        .body("classes.predicted", equalTo(List.of(false, true)))
        .body("attention", nullValue());
  }

  @Test
  void whatTheModelLooksAtComesAsAPictureWhereItIsAskedFor() {
    String png = ask("?attention=true", image).statusCode(200).extract().path("attention");
    Image shown =
        new ImageDecoder(ImageLimits.DEFAULT)
            .decode(Base64.getDecoder().decode(png), "attention", 3);
    assertEquals(3, shown.channels());
  }

  @Test
  void whatIsNoImageIsRefusedByItsError() {
    ask("", "no image".getBytes(StandardCharsets.UTF_8))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("IMAGE_UNREADABLE"))
        .body("detail", containsString("neither PNG, JPEG, PGM, PPM nor DICOM"));
    ask("", new byte[0]).statusCode(422).body("code", equalTo("IMAGE_UNREADABLE"));
  }

  @Test
  void anImageThatClaimsMorePixelsThanAreAllowedIsRefusedBeforeItIsDecoded() {
    byte[] bomb = image.clone();
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    ask("", bomb).statusCode(422).body("code", equalTo("IMAGE_UNREADABLE"));
  }

  @Test
  void anImageThatIsTooLargeIsRefused() {
    ask("", new byte[(1 << 20) + 1])
        .statusCode(422)
        .body("detail", containsString("more than 1048576 bytes"));
  }

  @Test
  void safetensorsHoldTheWeightsByTheNamesOfTorchvision() {
    byte[] file =
        given()
            .get(model + "/export?format=safetensors")
            .then()
            .statusCode(200)
            .header("Content-Disposition", containsString(runId + ".safetensors"))
            .extract()
            .asByteArray();
    Map<String, Tensor> tensors = Safetensors.read(ByteBuffer.wrap(file)).tensors();
    assertArrayEquals(weights.get("fc.bias").floats(), tensors.get("fc.bias").floats());
    assertArrayEquals(
        weights.get("backbone.conv1.weight").floats(), tensors.get("conv1.weight").floats());
  }

  @Test
  void torchscriptIsAnArchive() {
    byte[] file =
        given()
            .get(model + "/export?format=torchscript")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    assertEquals("PK", new String(file, 0, 2, StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, nobody/export?format=safetensors, 404",
    "GET, nobody/export?format=onnx, 400",
    "GET, nobody/export, 400",
    "GET, .hidden/export?format=safetensors, 400",
    "POST, nobody/predictions, 404",
    "POST, nobody/predictions?attention=perhaps, 400",
  })
  void whatIsNotThereOrNotAllowedIsRefused(String method, String path, int status) {
    given()
        .urlEncodingEnabled(false)
        .contentType("image/png")
        .request(method, "/api/v1/models/" + path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  private ValidatableResponse ask(String query, byte[] body) {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE)))
        .contentType("image/png")
        .body(body)
        .post(model + "/predictions" + query)
        .then();
  }

  private static Tensor zeros(Tensor like) {
    long[] shape = like.shape().stream().mapToLong(Long::longValue).toArray();
    return Tensor.ofFloats(new float[like.floats().length], shape);
  }

  private void write(Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(LearnerFiles.MODEL),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      new Safetensors(weights).write(channel);
    }
  }

  private static RunConfig config() throws IOException {
    try (InputStream in = ModelResourceTest.class.getResourceAsStream("/run.json")) {
      return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), RunConfig.class);
    }
  }
}
