package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

@QuarkusTest
class TrainerServiceTest extends TrainerScenario {
  @Test
  void aRunIsTrainedAndEveryStepToldOf() throws IOException {
    TrainingEvent.Completed completed = train(runId);

    TrainingEvent.Started started = wire.await(TrainingEvent.Started.class, runId);
    assertEquals(1, started.firstIteration());
    assertEquals(3, started.iterationsPerEpoch());
    assertEquals(12, started.iterations());
    assertEquals("cpu", started.device());
    List<TrainingEvent.Progress> progress = wire.heard(TrainingEvent.Progress.class, runId);
    assertEquals(
        IntStream.rangeClosed(1, 12).boxed().toList(),
        progress.stream().map(TrainingEvent.Progress::iteration).toList());
    assertTrue(progress.get(11).loss() < progress.get(0).loss(), "it learns");
    List<TrainingEvent.Validated> validated = wire.heard(TrainingEvent.Validated.class, runId);
    assertEquals(
        List.of(3, 6, 9, 12), validated.stream().map(TrainingEvent.Validated::iteration).toList());
    assertEquals(12, validated.get(0).metrics().n());
    TrainingEvent.Validated best =
        validated.stream().filter(TrainingEvent.Validated::best).reduce((a, b) -> b).orElseThrow();
    assertEquals(best.iteration(), completed.bestIteration());
    assertEquals(best.metrics(), completed.metrics());
    Path folder = artifacts.run(runId);
    assertTrue(Files.exists(folder.resolve(completed.checkpoint()).resolve("model.safetensors")));
    JsonNode manifest = Json.parse(Files.readString(folder.resolve("run.json")));
    assertEquals("sha of " + runId, manifest.get("configSha256").asText());
    assertEquals("test_vit", manifest.at("/config/model_params/backbone_type").asText());
  }

  @Test
  void resumedRunEqualsUninterruptedRun() throws IOException {
    TrainingEvent.Completed undisturbed = train(runId);

    String interrupted = UUID.randomUUID().toString();
    TrainingEvent.Completed resumed =
        trainInterrupted(interrupted, "/epochs/2/batches/2", 8, document -> {});

    int kept = keptByFirstAttempt(interrupted);
    assertTrue(kept >= 3, "the first validation found the best model so far");
    assertEquals(List.of(1, kept + 1), starts(interrupted));
    assertTrue(
        resumed.attempt() > wire.heard(TrainingEvent.Started.class, interrupted).get(0).attempt());
    assertEquals(undisturbed.bestIteration(), resumed.bestIteration());
    assertEquals(undisturbed.metrics(), resumed.metrics());
    assertEquals(validations(runId), validations(interrupted));
    assertEquals(saved(runId, 12, "model"), saved(interrupted, 12, "model"));
    assertEquals(saved(runId, 12, "optimizer"), saved(interrupted, 12, "optimizer"));
    assertEquals(List.of(12L), iterations(undisturbed));
    TrainingCost cost = resumed.costs().get(0);
    // The first attempt had done eight, and perhaps one more before it found its lease gone.
    long again = cost.iterations() - 12;
    assertTrue(again == 8 - kept || again == 9 - kept, "what is done again counts: " + cost);
    assertEquals(2, cost.attempts());
    assertTrue(
        cost.secondsPerEpoch() > 0 && cost.seconds() > cost.pace().seconds(), cost::toString);
    assertTrue(cost.resources().peakMemory() > 1 << 26, cost::toString);
  }

  /** A job table that is made anew, and a gateway that has its command to send again. */
  @Test
  void aRunWhoseJobIsGoneEndsFromItsLastCheckpointWithTheSameMetrics() {
    TrainingEvent.Completed first = train(runId);
    database.update("DELETE FROM job WHERE run_id = ?", runId);
    wire.send(Topics.TRAINING_COMMANDS, new RunInquired(runId, 0));
    wire.await(RunUnknown.class, runId);

    TrainingEvent.Requested plain = Runs.request(runId, data.dataset());
    wire.send(
        Topics.TRAINING_COMMANDS,
        new TrainingEvent.Requested(
            runId,
            plain.seed(),
            plain.config(),
            plain.dataset(),
            plain.configSha256(),
            null,
            plain.experiment(),
            new WorkOrder("an experiment", 0, first.attempt(), 0)));
    TrainingEvent.Completed again =
        wire.await(TrainingEvent.Completed.class, runId, e -> e.attempt() == first.attempt() + 1);

    assertEquals(List.of(1, 13), starts(runId), "nothing is trained again");
    assertEquals(first.metrics(), again.metrics());
    assertEquals(first.bestIteration(), again.bestIteration());
    assertEquals(first.checkpoint(), again.checkpoint());
    assertEquals(iterations(first), iterations(again));
  }

  private static List<Long> iterations(TrainingEvent.Completed end) {
    return end.costs().stream().map(TrainingCost::iterations).toList();
  }

  /** Every option of optimizer, loss and averaging once, interrupted in a group of batches. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"optimizer": {"type": "RMSprop", "params": {"lr": 1e-4, "centered": true, "momentum": 0.5}}} | {"accumulate_steps": 2, "ema_decay": 0.5}
          {"optimizer": {"type": "Adagrad", "params": {"lr": 1e-3, "lr_decay": 0.1}}} | {"class_weights": "balanced", "label_smoothing": 0.1, "layer_decay": 0.8}
          {"optimizer": {"type": "SGD", "params": {"lr": 1.0, "momentum": 0.9}}, "LARS_params": {"use": true, "batch_act_thresh": 8, "eps": 1e-8, "trust_coef": 0.02}} | {"accumulate_steps": 3}
          {"optimizer": {"type": "AdamW", "params": {"lr": 1e-4, "amsgrad": true}}} | {"early_stop_patience": 4}
          """)
  void whatARunAsksForIsTrainedAndResumed(String optimization, String options) throws IOException {
    Consumer<ObjectNode> changes =
        document -> {
          ((ObjectNode) document.at("/optimization_params/default"))
              .setAll((ObjectNode) Json.parse(optimization));
          ((ObjectNode) document.get("medtrans")).setAll((ObjectNode) Json.parse(options));
        };
    TrainingEvent.Completed undisturbed = train(runId, changes);
    List<TrainingEvent.Progress> progress = wire.heard(TrainingEvent.Progress.class, runId);
    assertTrue(progress.get(11).loss() < progress.get(0).loss(), "it learns");

    String interrupted = UUID.randomUUID().toString();
    TrainingEvent.Completed resumed =
        trainInterrupted(interrupted, "/epochs/1/batches/1", 4, changes);
    assertEquals(undisturbed.metrics(), resumed.metrics());
    assertEquals(saved(runId, 12, "model"), saved(interrupted, 12, "model"));
    assertEquals(saved(runId, 12, "optimizer"), saved(interrupted, 12, "optimizer"));
  }

  @Test
  void aRunThatNoLongerImprovesStopsEarly() {
    TrainingEvent.Completed completed =
        train(
            runId,
            document -> {
              ((ObjectNode) document.at("/optimization_params/default/optimizer/params"))
                  .put("lr", 1e-12);
              ((ObjectNode) document.get("medtrans")).put("early_stop_patience", 2);
            });
    assertEquals(9, completed.iterations(), "of twelve");
    assertEquals(3, completed.bestIteration());
  }

  @Test
  void aTrainerThatLosesItsLeaseStopsWithoutWriting() {
    hold("/epochs/1/batches/1");
    request(runId);
    wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 4);
    awaitBest(runId);
    takeLease(runId);
    data.behave();
    // The next run is taken up only when the trainer has let go of this one.
    train(UUID.randomUUID().toString());

    assertEquals(List.of(3), checkpoints(runId));
    assertTrue(
        wire.heard(TrainingEvent.Progress.class, runId).stream().allMatch(e -> e.iteration() < 5),
        "nobody hears of it any more");
  }

  @Test
  void aDatabaseThatIsAwayForAMomentCostsNoAttempt() throws InterruptedException {
    hold("/epochs/1/batches/1");
    request(runId);
    wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 4);
    postgres.stop();
    data.behave();
    // Long enough for the trainer to be refused at its next iteration, well within the lease.
    Thread.sleep(3000);
    postgres.start();
    TrainingEvent.Completed completed = wire.await(TrainingEvent.Completed.class, runId);
    assertEquals(1, completed.attempt());
    assertEquals(12, wire.heard(TrainingEvent.Progress.class, runId).size());
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    hold("/epochs/2/batches/1");
    request(
        runId,
        document -> ((ObjectNode) document.get("medtrans")).put("checkpoint_every_seconds", 0.001));
    wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 7);
    awaitBest(runId);
    takeLease(runId);
    List<Path> kept = checkpointFolders(runId);
    Path model = kept.get(0).resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    data.behave();
    loseLease(runId);

    wire.await(TrainingEvent.Completed.class, runId);
    assertEquals(List.of(1, iteration(kept.get(1)) + 1), starts(runId));
  }

  @Test
  void aDuplicateCommandHasNoEffect() {
    TrainingEvent.Requested request = Runs.request(runId, data.dataset());
    String id = UUID.randomUUID().toString();
    wire.send(Topics.TRAINING_COMMANDS, id, request);
    wire.send(Topics.TRAINING_COMMANDS, id, request);
    wire.await(TrainingEvent.Completed.class, runId);
    wire.send(Topics.TRAINING_COMMANDS, request);
    train(UUID.randomUUID().toString());
    assertEquals(1, wire.heard(TrainingEvent.Started.class, runId).size());
    assertEquals(1, wire.heard(TrainingEvent.Completed.class, runId).size());
  }

  @Test
  void aCancelledRunKeepsWhatItLearned() {
    hold("/epochs/1/batches/1");
    request(runId);
    wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 4);
    wire.send(Topics.TRAINING_COMMANDS, new RunCancelRequested(runId));
    TrainingEvent.Cancelled cancelled = wire.await(TrainingEvent.Cancelled.class, runId);
    assertEquals(4, cancelled.iteration());
    assertEquals(List.of(4, 3), checkpoints(runId));
  }

  @Test
  void aRunThatDivergesFailsAndNamesTheIteration() {
    data.misbehave(
        path -> path.contains("/epochs/1/batches/1") ? Optional.of(poisoned()) : Optional.empty());
    request(runId);
    TrainingEvent.Failed failed = wire.await(TrainingEvent.Failed.class, runId);
    assertEquals(ErrorCode.TRAINING_DIVERGED, failed.error().code());
    assertTrue(failed.error().message().contains("iteration 5"), failed.error().message());
    assertEquals(List.of(3), checkpoints(runId));
  }

  @Test
  void aRefusalOfTheDataServiceFailsTheRunWithItsCode() {
    data.misbehave(
        path ->
            path.contains("/epochs/")
                ? Optional.of(Answer.problem(422, "IMAGE_UNREADABLE", "a.png: not an image"))
                : Optional.empty());
    request(runId);
    TrainingEvent.Failed failed = wire.await(TrainingEvent.Failed.class, runId);
    assertEquals(ErrorCode.IMAGE_UNREADABLE, failed.error().code());
    assertEquals("a.png: not an image", failed.error().message());
  }

  @Test
  void withoutAValidationSplitTheLastModelIsTaken() {
    PreparedDataset dataset =
        new PreparedDataset(
            data.dataset().id(),
            data.dataset().description(),
            new SplitSizes(24, 0, 12),
            null,
            null,
            0,
            List.of());
    wire.send(Topics.TRAINING_COMMANDS, Runs.request(runId, dataset));
    TrainingEvent.Completed completed = wire.await(TrainingEvent.Completed.class, runId);
    assertEquals(12, completed.bestIteration());
    assertNull(completed.metrics());
    assertEquals(List.of(), wire.heard(TrainingEvent.Validated.class, runId));
    assertEquals(
        List.of(
            dataset.description().name()
                + ": the validation split is empty: no model can be chosen by it, the last one"
                + " counts"),
        notices(runId));
  }

  @Test
  void theBestModelIsCopiedOnlyToWhereItMay() {
    Path allowed = artifacts.root().resolve("published/models");
    train(runId, savingTo(allowed));
    assertTrue(Files.exists(allowed.resolve(runId).resolve("model.safetensors")));
    assertTrue(Files.exists(allowed.resolve(runId).resolve("run.json")));
    assertEquals(List.of(), notices(runId));

    String other = UUID.randomUUID().toString();
    Path outside = artifacts.root().resolveSibling("outside");
    train(other, savingTo(outside));
    assertFalse(Files.exists(outside));
    assertNotice(other, "training_params.save_dir: no copy of the best model of run " + other);
  }

  @Test
  void whatCouldNotBeDoneAsAskedIsTold() throws IOException {
    Files.writeString(
        Files.createDirectories(artifacts.run(runId)).resolve("tensorboard"), "no folder");
    Path file = artifacts.root().resolve("no-folder-either");
    Files.writeString(file, "");
    train(
        runId,
        savingTo(file)
            .andThen(
                document -> {
                  ((ObjectNode) document.get("training_params")).put("use_tensorboard", true);
                  ((ObjectNode) document.get("system_params")).put("use_GPU", true);
                }));
    assertNotice(runId, "training_params.use_tensorboard: no event file of run " + runId);
    assertNotice(runId, "training_params.save_dir: no copy of the best model of run " + runId);
    boolean gpu = wire.await(TrainingEvent.Started.class, runId).device().startsWith("cuda");
    if (!gpu) {
      assertNotice(runId, "system_params.use_GPU: no GPU was found");
    }
  }

  private List<String> notices(String run) {
    return wire.heard(TrainingEvent.Noticed.class, run).stream()
        .map(TrainingEvent.Noticed::notice)
        .toList();
  }

  private void assertNotice(String run, String beginning) {
    List<String> told = notices(run);
    assertEquals(1, told.stream().filter(n -> n.startsWith(beginning)).count(), told::toString);
  }

  @Test
  void tellsPrometheusAndHealth() {
    train(runId);
    RestAssured.get("/q/metrics")
        .then()
        .statusCode(200)
        .body(Matchers.containsString("medtrans_training_step_seconds_count"));
    RestAssured.get("/q/health").then().statusCode(200);
  }

  @Test
  void theSeriesOfATrainingGoWithIt() {
    hold("/epochs/1/batches/1");
    request(runId);
    wire.await(TrainingEvent.Checkpointed.class, runId);
    RestAssured.get("/q/metrics")
        .then()
        .body(
            Matchers.containsString(
                "medtrans_training_loss{application=\"trainer-service\",experiment=\"runs\",run=\""
                    + runId));
    data.behave();
    wire.await(TrainingEvent.Completed.class, runId);
    RestAssured.get("/q/metrics").then().body(Matchers.not(Matchers.containsString(runId)));
  }

  private static Consumer<ObjectNode> savingTo(Path folder) {
    return document ->
        ((ObjectNode) document.get("training_params")).put("save_dir", folder.toString());
  }

  private Answer poisoned() {
    float[] pixels = new float[8 * 3 * 16 * 16];
    pixels[7] = Float.NaN;
    return new Answer(
        200,
        new Safetensors(
                Map.of(
                    "view.0", Tensor.ofFloats(pixels, 8, 3, 16, 16),
                    "label", Tensor.ofLongs(new long[8], 8),
                    "index", Tensor.ofLongs(new long[8], 8)))
            .encode());
  }

  /** By iteration; what two attempts have told of the same one must be the same. */
  private Map<Integer, Metrics> validations(String run) {
    Map<Integer, Metrics> found = new TreeMap<>();
    for (TrainingEvent.Validated event : wire.heard(TrainingEvent.Validated.class, run)) {
      Metrics before = found.put(event.iteration(), event.metrics());
      assertTrue(before == null || before.equals(event.metrics()), event::toString);
    }
    return found;
  }

  /** Iterations of the checkpoints that are there, newest first. */
  private List<Integer> checkpoints(String run) {
    return checkpointFolders(run).stream().map(TrainerScenario::iteration).toList();
  }
}
