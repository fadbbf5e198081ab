package org.medtransformers.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.OperatingPoint;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.testing.EventWire;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

@QuarkusTest
@QuarkusTestResource(EvalTestStack.class)
class EvalServiceTest {
  @Inject Database database;
  @Inject Artifacts artifacts;
  LocalBroker broker;
  GeneratedDataServer data;
  private EventWire wire;
  private final String runId = UUID.randomUUID().toString();
  private final String checkpoint = "runs/" + runId + "/checkpoints/last";

  @BeforeEach
  void connect() throws IOException {
    wire = new EventWire(broker.bootstrapServers(), Topics.EVALUATION_EVENTS);
    writeModel(artifacts.root().resolve(checkpoint));
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    data.behave();
    wire.close();
  }

  @Test
  void everyTestImageIsMeasuredOnce() throws IOException {
    EvaluationEvent.Completed completed = evaluate();
    assertEquals("runs/" + runId + "/results.json", completed.results());
    assertEquals(19, completed.metrics().n());
    assertEquals(
        IntStream.range(12, 31).mapToObj(i -> "image-" + i + " patient-" + i / 2).toList(),
        predictions().stream().map(image -> image.image() + " " + image.group()).toList());
  }

  @Test
  void whatLookingAtTheImagesTookIsTold() {
    InferenceCost cost = evaluate().cost();
    assertTrue(cost.parameters() > 0 && cost.multiplyAdds() > cost.parameters(), cost::toString);
    assertTrue(cost.pace().images() > 0 && cost.pace().images() <= 19, cost::toString);
    assertTrue(cost.pace().imagesPerSecond() > 0, cost::toString);
    assertNull(cost.resources().deviceJoules(), "it was evaluated on the processor");
  }

  @Test
  void theMetricsAreThoseOfThePredictions() throws IOException {
    Metrics metrics = evaluate().metrics();
    List<PredictedImage> rows = predictions();
    double right = rows.stream().filter(row -> row.classes().equals(row.prediction())).count();
    assertEquals(right / 19, metrics.accuracy(), 1e-12);
    assertEquals(pairsInOrder(rows), metrics.rocAuc(), 1e-12);
    double loss = rows.stream().mapToDouble(r -> -Math.log(r.probabilities().get(label(r)))).sum();
    assertEquals(loss / 19, metrics.loss(), 1e-6);
  }

  @Test
  void theResultsFileSpeaksForItself() throws IOException {
    EvaluationEvent.Completed completed = evaluate();
    JsonNode results = Json.parse(Files.readString(artifacts.resolve(completed.results())));
    assertEquals(runId, results.get("runId").asText());
    assertEquals("medtransformers", results.get("projectName").asText());
    assertEquals(config().training().modelName(), results.get("runName").asText());
    assertEquals("sha", results.get("configSha256").asText());
    assertEquals(checkpoint, results.get("checkpoint").asText());
    assertEquals("test", results.get("split").asText());
    assertEquals(19, results.at("/dataset/sizes/test").asInt());
    assertEquals("Generated", results.at("/dataset/description/name").asText());
    assertEquals(completed.metrics(), Json.convert(results.get("metrics"), Metrics.class));
    EvaluationResults read = Json.convert(results, EvaluationResults.class);
    assertEquals(runId, read.origin().runId());
    assertEquals(List.of("dark", "bright"), read.classes().stream().map(c -> c.name()).toList());
    assertEquals("group", read.intervals().unit());
    assertEquals(10, read.intervals().units());
    assertEquals(19, read.calibration().bins().stream().mapToInt(bin -> bin.n()).sum());
    assertEquals(
        List.of("age 40-59 8", "age 60+ 8", "age <40 3", "sex female 10", "sex male 9"),
        read.subgroups().stream()
            .map(g -> g.attribute() + " " + g.value() + " " + g.metrics().n())
            .sorted()
            .toList());
  }

  /** Recomputed from the two files of predictions, by definition. */
  @Test
  void theThresholdIsOfTheValidationImagesAndItsWorthOfTheTestImages() throws IOException {
    EvaluationResults results = results(evaluate());
    OperatingPoint found = results.operatingPoint();
    List<PredictedImage> validation = predictions(EvaluationResults.VALIDATION_PREDICTIONS);
    assertEquals(
        List.of("image-8", "image-9", "image-10", "image-11"),
        validation.stream().map(PredictedImage::image).toList());
    double threshold = 0;
    double best = 0;
    for (PredictedImage image : validation) {
      double index = rate(validation, 1, positive(image)) - rate(validation, 0, positive(image));
      if (index > best || (index == best && positive(image) > threshold)) {
        best = index;
        threshold = positive(image);
      }
    }
    assertEquals(best == 0 ? Double.POSITIVE_INFINITY : threshold, found.threshold().probability());
    assertNull(found.threshold().requiredSensitivity());
    assertEquals(4, found.threshold().n());
    assertEquals("bright", found.positive());
    List<PredictedImage> test = predictions();
    assertEquals(
        rate(test, 1, found.threshold().probability()), found.values().get("sensitivity"), 1e-12);
    assertEquals(
        1 - rate(test, 0, found.threshold().probability()),
        found.values().get("specificity"),
        1e-12);
    assertEquals(results.metrics().loss(), found.values().get("log_loss"), 1e-12);
    assertEquals(results.calibration().expectedError(), found.temperature().before());
    assertEquals(found.values().keySet(), found.intervals().values().keySet());
    assertEquals(List.of("10 groups, fewer than 30"), found.intervals().few());
    assertTrue(
        results.warnings().stream().anyMatch(w -> w.contains("4 validation images")),
        results.warnings()::toString);
  }

  private static double positive(PredictedImage image) {
    return image.probabilities().get(1);
  }

  /** The share of the images of a class that are called positive. */
  private static double rate(List<PredictedImage> images, int label, double threshold) {
    List<PredictedImage> own = images.stream().filter(i -> label(i) == label).toList();
    return (double) own.stream().filter(i -> positive(i) >= threshold).count() / own.size();
  }

  @Test
  void aSensitivityThatIsRequiredDecidesTheThreshold() throws IOException {
    Map<String, Object> wish =
        Map.of("split", "test", "bootstrap", 0, "operating_point", Map.of("sensitivity", 1));
    OperatingPoint found = results(evaluate(wish)).operatingPoint();
    assertEquals(1, found.threshold().requiredSensitivity());
    assertEquals(
        predictions(EvaluationResults.VALIDATION_PREDICTIONS).stream()
            .filter(image -> label(image) == 1)
            .mapToDouble(EvalServiceTest::positive)
            .min()
            .getAsDouble(),
        found.threshold().probability());
    assertNull(found.intervals());
  }

  @Test
  void withoutValidationImagesThereIsNoOperatingPointAndAWarningSaysSo() throws IOException {
    SplitSizes sizes = new SplitSizes(8, 0, 19);
    PreparedDataset unvalidated =
        new PreparedDataset(
            data.dataset().id(), EvalTestStack.DESCRIPTION, sizes, null, null, 0, List.of());
    wire.send(Topics.EVALUATION_COMMANDS, request(runId, unvalidated, checkpoint));
    EvaluationResults found = results(wire.await(EvaluationEvent.Completed.class, runId));
    assertNull(found.operatingPoint());
    assertEquals(
        List.of("no operating point: the validation split, to choose it by, is empty"),
        found.warnings());
  }

  @Test
  void neighboursAndALinearClassifierLearnFromTheTrainingSplit() throws IOException {
    String wide = "runs/" + runId + "/checkpoints/wide";
    writeModel(artifacts.root().resolve(wide), ModelSpec.resnet(Backbone.RESNET18, 1, 1));
    ObjectNode config = (ObjectNode) Json.tree(config());
    Overrides.set(config, "model_params.backbone_type", Json.tree("resnet18"));
    EvaluationEvent.Completed completed =
        evaluate(
            config, wide, Map.of("split", "test", "knn", true, "linear", true, "bootstrap", 0));
    EvaluationResults results = results(completed);
    assertNull(results.intervals());
    assertEquals(List.of(5, 8), results.knn().candidates().stream().map(k -> k.k()).toList());
    assertEquals(
        List.of(10, 20, 100, 200),
        Stream.of(10, 20, 100, 200)
            .filter(k -> results.warnings().stream().anyMatch(w -> w.contains("k = " + k + ",")))
            .toList());
    assertEquals(results.warnings(), completed.notices());
    assertEquals(19, results.knn().metrics().n());
    // Dark and bright images are told apart even by a network that was never trained.
    assertEquals(1, results.knn().metrics().rocAuc());
    assertEquals(9, results.linear().candidates().size());
    assertEquals(1, results.linear().metrics().rocAuc());
    assertTrue(data.requests().stream().noneMatch(path -> path.contains("epochs/1")));
  }

  @Test
  void anotherSplitThanTheTestSplitIsMeasured() throws IOException {
    EvaluationEvent.Completed completed = evaluate(Map.of("split", "val", "bootstrap", 10));
    assertEquals(4, completed.metrics().n());
    assertEquals(Split.VAL, results(completed).origin().split());
    assertEquals("image-8", predictions().get(0).image());
    assertEquals(10, results(completed).intervals().resamples());
    assertTrue(
        results(completed)
            .warnings()
            .contains("operating point: the threshold is chosen on the split that is measured"));
  }

  @Test
  void curvesEndWhereEveryImageIsPositive() throws IOException {
    evaluate();
    Curves curves =
        Json.read(Files.readString(artifacts.run(runId).resolve(Curves.FILE)), Curves.class);
    assertEquals(List.of("dark", "bright"), curves.classes().stream().map(c -> c.name()).toList());
    Curves.Roc roc = curves.classes().get(1).roc();
    assertEquals(1, roc.fpr().get(roc.fpr().size() - 1));
    assertEquals(1, roc.tpr().get(roc.tpr().size() - 1));
  }

  @Test
  void anEvaluationThatWasKilledBeforeItsEndIsRepeatedWithTheSameResult() throws IOException {
    EvaluationEvent.Completed first = evaluate();
    String results = Files.readString(artifacts.resolve(first.results()));
    String predictions = Files.readString(artifacts.run(runId).resolve("predictions.csv"));
    // What the table looks like when the files were written and the end was not noted.
    database.update(
        "UPDATE job SET state = 'RUNNING', lease_until = now() - interval '1 second'"
            + " WHERE run_id = ?",
        runId);
    EvaluationEvent.Completed second =
        wire.await(EvaluationEvent.Completed.class, runId, e -> e.attempt() > first.attempt());
    assertEquals(first.metrics(), second.metrics());
    assertEquals(results, Files.readString(artifacts.resolve(second.results())));
    assertEquals(predictions, Files.readString(artifacts.run(runId).resolve("predictions.csv")));
  }

  @Test
  void aDuplicateCommandHasNoEffect() {
    evaluate();
    request(checkpoint);
    String other = UUID.randomUUID().toString();
    wire.send(Topics.EVALUATION_COMMANDS, request(other, data.dataset(), checkpoint));
    wire.await(EvaluationEvent.Completed.class, other);
    assertEquals(1, wire.heard(EvaluationEvent.Completed.class, runId).size());
  }

  @Test
  void anEmptyTestSplitIsAnError() {
    PreparedDataset empty =
        new PreparedDataset(
            "generated",
            EvalTestStack.DESCRIPTION,
            new SplitSizes(8, 4, 0),
            null,
            null,
            0,
            List.of());
    wire.send(Topics.EVALUATION_COMMANDS, request(runId, empty, checkpoint));
    EvaluationEvent.Failed failed = wire.await(EvaluationEvent.Failed.class, runId);
    assertEquals(ErrorCode.DATASET_INVALID, failed.error().code());
    assertTrue(failed.error().message().contains("test split of Generated is empty"));
  }

  @Test
  void aModelOutsideTheRunsIsRefused() throws IOException {
    Path elsewhere = artifacts.root().resolve("weights/mine");
    writeModel(elsewhere);
    Path link = artifacts.root().resolve("runs/link-" + runId);
    Files.createSymbolicLink(link, elsewhere);
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failure("../" + runId));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failure("weights/mine"));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failure("runs/../weights/mine"));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failure("runs/link-" + runId));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failure("/etc"));
  }

  @Test
  void aCopyOfAModelIsMeasuredAsLongAsItIsTheOneThatWasAccepted() throws IOException {
    request(checkpoint);
    EvaluationEvent.Completed own = wire.await(EvaluationEvent.Completed.class, runId);
    Path copy = Files.createDirectories(artifacts.root().resolve("published-" + runId));
    Path model = copy.resolve(LearnerFiles.MODEL);
    Files.copy(artifacts.root().resolve(checkpoint).resolve(LearnerFiles.MODEL), model);
    String accepted = Sha256.of(model);

    String again = UUID.randomUUID().toString();
    wire.send(Topics.EVALUATION_COMMANDS, requestCopy(again, copy, accepted));
    assertEquals(own.metrics(), wire.await(EvaluationEvent.Completed.class, again).metrics());

    flipLastByte(model);
    String changed = UUID.randomUUID().toString();
    wire.send(Topics.EVALUATION_COMMANDS, requestCopy(changed, copy, accepted));
    EvaluationEvent.Failed failed = wire.await(EvaluationEvent.Failed.class, changed);
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, failed.error().code());
    assertTrue(failed.error().message().contains("has changed"), failed.error().message());
  }

  @Test
  void aMissingDamagedOrForeignModelIsAnError() throws IOException {
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, failure("runs/" + runId + "/nothing"));

    Path damaged = artifacts.run(runId).resolve("damaged");
    writeModel(damaged);
    flipLastByte(damaged.resolve(LearnerFiles.MODEL));
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, failure("runs/" + runId + "/damaged"));

    ModelSpec foreign = new ModelSpec(Backbone.TEST_VIT, 1, 1, 16, 8, 0);
    writeModel(artifacts.run(runId).resolve("foreign"), foreign);
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, failure("runs/" + runId + "/foreign"));
  }

  /** Two classes told apart by their brightness: neighbours know them without any training. */
  @Test
  void aModelThatWasTrainedWithoutLabelsIsKnownByItsNeighbours() throws IOException {
    String model = "runs/" + runId + "/checkpoints/dino";
    ModelSpec spec = ModelSpec.resnet(Backbone.RESNET18, 1, new Head.Dino(48));
    writeModel(artifacts.root().resolve(model), spec);
    EvaluationEvent.Requested request = request(runId, data.dataset(), model);
    ObjectNode config = (ObjectNode) Json.tree(request.config());
    ((ObjectNode) config.get("medtrans")).put("method", "dino");
    ((ObjectNode) config.get("model_params")).put("backbone_type", "resnet18");
    ((ObjectNode) config.get("model_params")).putObject("DINO").put("projection_size", 48);
    ((ObjectNode) config.get("training_params")).put("knn_nhood", 200);
    wire.send(
        Topics.EVALUATION_COMMANDS,
        new EvaluationEvent.Requested(
            runId, Json.convert(config, RunConfig.class), data.dataset(), model, null, null, null));
    EvaluationEvent.Completed completed = wire.await(EvaluationEvent.Completed.class, runId);

    assertEquals(19, completed.metrics().n());
    assertEquals(1.0, completed.metrics().rocAuc(), completed.metrics()::toString);
    JsonNode results = Json.parse(Files.readString(artifacts.resolve(completed.results())));
    assertEquals(1, results.at("/operating_point/values/sensitivity").asDouble());
    assertEquals(1, results.at("/operating_point/values/specificity").asDouble());
    assertEquals(8, results.at("/neighbours/k").asInt(), "as many as there are training images");
    assertEquals(0.1, results.at("/neighbours/temperature").asDouble());
    assertEquals(completed.metrics(), Json.convert(results.get("metrics"), Metrics.class));
    assertEquals(
        completed.metrics(),
        Json.convert(evaluatedAgain(config, model).get("metrics"), Metrics.class),
        "and again the same");
  }

  private JsonNode evaluatedAgain(ObjectNode config, String model) throws IOException {
    String again = UUID.randomUUID().toString();
    wire.send(
        Topics.EVALUATION_COMMANDS,
        new EvaluationEvent.Requested(
            again, Json.convert(config, RunConfig.class), data.dataset(), model, null, null, null));
    EvaluationEvent.Completed completed = wire.await(EvaluationEvent.Completed.class, again);
    return Json.parse(Files.readString(artifacts.resolve(completed.results())));
  }

  @Test
  void picturesAreDrawnWhereTheyAreAskedFor() throws IOException {
    ObjectNode config = (ObjectNode) Json.tree(request(runId, data.dataset(), checkpoint).config());
    ((ObjectNode) config.at("/medtrans/evaluation")).put("umap", true).put("attention", 3);
    String run = evaluatedAgain(config, checkpoint).get("runId").asText();
    Path folder = artifacts.run(run);
    JsonNode map = Json.parse(Files.readString(folder.resolve("umap.json")));
    assertEquals(31, map.get("images").asInt());
    assertEquals(31, map.get("points").size());
    assertEquals("image-12", map.at("/points/12/image").asText());
    assertEquals("test", map.at("/points/12/split").asText());
    assertTrue(Files.size(folder.resolve("umap.png")) > 1000);
    JsonNode pictures = Json.parse(Files.readString(folder.resolve("attention/index.json")));
    assertEquals(3, pictures.size());
    for (JsonNode picture : pictures) {
      assertTrue(Files.size(folder.resolve(picture.get("file").asText())) > 1000);
    }
  }

  @Test
  void anEvaluationCanBeCancelled() {
    data.misbehave(path -> Optional.of(Answer.problem(503, "UNAVAILABLE", "held")));
    request(checkpoint);
    wire.send(Topics.EVALUATION_COMMANDS, new RunCancelRequested(runId));
    wire.await(EvaluationEvent.Cancelled.class, runId);
  }

  @Test
  void tellsPrometheusAndHealth() {
    evaluate();
    RestAssured.get("/q/metrics")
        .then()
        .statusCode(200)
        .body(Matchers.containsString("medtrans_evaluation_images_total"));
    RestAssured.get("/q/health").then().statusCode(200);
  }

  /** With these keys of {@code medtrans.evaluation}. */
  private EvaluationEvent.Completed evaluate(Map<String, Object> evaluation) {
    return evaluate((ObjectNode) Json.tree(config()), checkpoint, evaluation);
  }

  private EvaluationEvent.Completed evaluate(
      ObjectNode config, String model, Map<String, Object> evaluation) {
    Overrides.set(config, "medtrans.evaluation", Json.tree(evaluation));
    wire.send(
        Topics.EVALUATION_COMMANDS,
        new EvaluationEvent.Requested(
            runId,
            Json.convert(config, RunConfig.class),
            data.dataset(),
            model,
            "sha",
            null,
            null));
    return wire.await(EvaluationEvent.Completed.class, runId);
  }

  private EvaluationResults results(EvaluationEvent.Completed completed) throws IOException {
    return Json.read(
        Files.readString(artifacts.resolve(completed.results())), EvaluationResults.class);
  }

  private EvaluationEvent.Completed evaluate() {
    request(checkpoint);
    return wire.await(EvaluationEvent.Completed.class, runId);
  }

  private ErrorCode failure(String model) {
    String run = UUID.randomUUID().toString();
    wire.send(Topics.EVALUATION_COMMANDS, request(run, data.dataset(), model));
    return wire.await(EvaluationEvent.Failed.class, run).error().code();
  }

  private void request(String model) {
    wire.send(Topics.EVALUATION_COMMANDS, request(runId, data.dataset(), model));
  }

  private EvaluationEvent.Requested requestCopy(String run, Path copy, String sha256) {
    return request(run, data.dataset(), copy.toString(), sha256);
  }

  private static EvaluationEvent.Requested request(
      String run, PreparedDataset dataset, String model) {
    return request(run, dataset, model, null);
  }

  private static EvaluationEvent.Requested request(
      String run, PreparedDataset dataset, String model, String sha256) {
    return new EvaluationEvent.Requested(run, config(), dataset, model, "sha", sha256, null);
  }

  private static RunConfig config() {
    try (InputStream in = EvalServiceTest.class.getResourceAsStream("/run.json")) {
      return Json.convert(Json.mapper().readTree(in), RunConfig.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network of {@code run.json}. */
  private static void writeModel(Path folder) throws IOException {
    writeModel(folder, ModelSpec.resnet(Backbone.TEST_RESNET, 1, 1));
  }

  private static void writeModel(Path folder, ModelSpec spec) throws IOException {
    Map<String, Tensor> weights = Initializer.initialise(spec, 3);
    CheckpointStore store = new CheckpointStore(folder.getParent(), 1);
    CheckpointStore.Draft draft =
        store.write(1, 1, Json.parse("{}"), at -> write(at.resolve(LearnerFiles.MODEL), weights));
    Files.move(draft.folder(), folder);
  }

  private static void write(Path model, Map<String, Tensor> weights) throws IOException {
    try (FileChannel file =
        FileChannel.open(model, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new Safetensors(weights).write(file);
    }
  }

  /** Leaves a readable model with one other weight. */
  private static void flipLastByte(Path model) throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 1] ^= 1;
    Files.write(model, bytes);
  }

  private List<PredictedImage> predictions() throws IOException {
    return predictions(EvaluationResults.PREDICTIONS);
  }

  private List<PredictedImage> predictions(String file) throws IOException {
    return PredictionsCsv.read(Files.readString(artifacts.run(runId).resolve(file)));
  }

  private static int label(PredictedImage image) {
    return image.classes().get(0);
  }

  /** The area under the ROC curve by its meaning: pairs of a positive and a negative in order. */
  private static double pairsInOrder(List<PredictedImage> rows) {
    double inOrder = 0;
    int pairs = 0;
    for (PredictedImage positive : rows) {
      for (PredictedImage negative : rows) {
        if (label(positive) == 1 && label(negative) == 0) {
          int order =
              Double.compare(positive.probabilities().get(1), negative.probabilities().get(1));
          inOrder += order > 0 ? 1 : order == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return inOrder / pairs;
  }
}
