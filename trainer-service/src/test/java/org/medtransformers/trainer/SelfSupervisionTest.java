package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Tensor;

/** Runs that learn without labels, and what others learn from them. */
@QuarkusTest
class SelfSupervisionTest extends TrainerScenario {

  @ParameterizedTest
  @ValueSource(strings = {"dino", "byol", "simsiam"})
  void aRunWithoutLabelsIsJudgedByNearestNeighbours(String method) {
    TrainingEvent.Completed completed = train(runId, selfSupervised(method));

    List<TrainingEvent.Validated> validated = wire.heard(TrainingEvent.Validated.class, runId);
    assertEquals(
        List.of(0, 3, 6, 9, 12),
        validated.stream().map(TrainingEvent.Validated::iteration).toList());
    assertEquals(validated.get(0).metrics(), completed.beginning());
    assertEquals(12, validated.get(0).metrics().n());
    assertNull(validated.get(0).knn(), "the metrics are the neighbours' already");
    // Three classes told apart by their brightness: neighbours know them without any training.
    assertTrue(completed.metrics().accuracy() > 0.9, completed.metrics()::toString);
    TrainingEvent.Validated best =
        validated.stream().filter(TrainingEvent.Validated::best).reduce((a, b) -> b).orElseThrow();
    assertEquals(best.iteration(), completed.bestIteration());
    assertEquals(best.metrics(), completed.metrics());
    TrainingEvent.Progress last =
        wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 12);
    assertTrue(last.collapse().embeddingStd() > 0, "it is told how the embeddings spread");
    assertEquals(method.equals("dino"), last.collapse().teacherEntropy() != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dino", "byol", "simsiam"})
  void interruptedInItsSecondEpochItEndsAsIfUndisturbed(String method) throws IOException {
    TrainingEvent.Completed undisturbed = train(runId, selfSupervised(method));

    String interrupted = UUID.randomUUID().toString();
    TrainingEvent.Completed resumed =
        trainInterrupted(interrupted, "/epochs/1/batches/1", 4, selfSupervised(method));

    assertEquals(List.of(1, 4), starts(interrupted));
    assertEquals(undisturbed.metrics(), resumed.metrics());
    assertEquals(undisturbed.beginning(), resumed.beginning());
    assertEquals(progress(runId), progress(interrupted));
    for (String file : files(method)) {
      assertEquals(saved(runId, 12, file), saved(interrupted, 12, file), file);
    }
  }

  private static List<String> files(String method) {
    return switch (method) {
      case "dino" -> List.of("model", "unaveraged", "memory", "optimizer");
      case "byol" -> List.of("model", "target", "optimizer");
      default -> List.of("model", "optimizer");
    };
  }

  /** The neighbours' say is told beside the network's own and decides nothing. */
  @Test
  void neighboursAreAskedBesidesWhereARunWithLabelsWantsIt() {
    TrainingEvent.Completed plain = train(runId, document -> {});
    String asking = UUID.randomUUID().toString();
    TrainingEvent.Completed asked =
        train(asking, document -> training(document).put("knn_eval", true).put("knn_nhood", 5));

    assertNull(plain.knn());
    assertEquals(12, asked.knn().n());
    assertTrue(asked.knn().accuracy() > 0.9, asked.knn()::toString);
    assertEquals(plain.metrics(), asked.metrics());
    assertEquals(plain.bestIteration(), asked.bestIteration());
    wire.heard(TrainingEvent.Validated.class, asking).forEach(e -> assertNotNull(e.knn()));
  }

  /** The learning rate warms up from 1e-8, so the first checkpoint still shows the start. */
  @Test
  void fineTuningBeginsWithTheTeachersBackbone() throws IOException {
    TrainingEvent.Completed pretrained = train(runId, selfSupervised("dino"));
    String path = "runs/" + runId + "/" + pretrained.checkpoint();
    String later = UUID.randomUUID().toString();
    train(
        later,
        new StartingPoint(StartingPoint.Use.BACKBONE, runId, path, null),
        document -> {
          training(document).put("epochs", 1);
          ((ObjectNode) document.get("model_params")).put("freeze_backbone", true);
        });

    Map<String, Tensor> teacher = saved(runId, pretrained.bestIteration(), "model");
    Map<String, Tensor> student = saved(runId, pretrained.bestIteration(), "unaveraged");
    Map<String, Tensor> tuned = saved(later, 3, "model");
    String any = "backbone.blocks.0.attn.qkv.weight";
    assertNotEquals(student.get(any), teacher.get(any));
    teacher.keySet().stream()
        .filter(name -> name.startsWith("backbone."))
        .forEach(name -> assertEquals(teacher.get(name), tuned.get(name), name));
    assertEquals(List.of(3L, 64L), tuned.get("fc.weight").shape());
    assertFalse(tuned.containsKey("fc.last_layer.weight_v"));
  }

  @Test
  void aWholeNetworkIsGoneOnWith() {
    TrainingEvent.Completed pretrained = train(runId, inOneEpoch(selfSupervised("dino")));
    String path = "runs/" + runId + "/" + pretrained.checkpoint();
    String later = UUID.randomUUID().toString();
    train(
        later,
        new StartingPoint(StartingPoint.Use.NETWORK, runId, path, null),
        inOneEpoch(selfSupervised("dino")));
  }

  /** Twenty-four images in batches of 23. */
  @ParameterizedTest
  @ValueSource(strings = {"byol", "simsiam"})
  void aLastBatchOfOneImageIsRefusedBeforeAnythingIsTrained(String method) {
    request(
        runId,
        selfSupervised(method)
            .andThen(
                document ->
                    ((ObjectNode) document.at("/dataloader_params/trainloader"))
                        .put("batch_size", 23)));
    TrainingEvent.Failed failed = wire.await(TrainingEvent.Failed.class, runId);
    assertEquals(ErrorCode.INVALID_REQUEST, failed.error().code());
    assertTrue(
        failed.error().message().startsWith("dataloader_params.trainloader"),
        failed.error().message());
    assertEquals(List.of(), wire.heard(TrainingEvent.Started.class, runId));
  }

  @Test
  void tellsPrometheusOfCollapse() {
    hold("/epochs/1/batches/1");
    request(runId, selfSupervised("dino"));
    wire.await(TrainingEvent.Checkpointed.class, runId);
    RestAssured.get("/q/metrics")
        .then()
        .body(Matchers.containsString("medtrans_training_teacher_entropy"))
        .body(Matchers.containsString("medtrans_training_embedding_std"));
    data.behave();
    wire.await(TrainingEvent.Completed.class, runId);
  }

  /** Two global views and, with DINO, two smaller ones; small heads. */
  private static Consumer<ObjectNode> selfSupervised(String method) {
    String views =
        method.equals("dino")
            ? """
            [{"Normalize": true}, {"Normalize": true},
             {"RandomResizedCrop": {"apply": true, "size": 8, "scale": [0.1, 0.4]}},
             {"RandomResizedCrop": {"apply": true, "size": 8, "scale": [0.1, 0.4]}}]
            """
            : "[{\"Normalize\": true}, {\"Normalize\": true}]";
    return document -> {
      ((ObjectNode) document.get("dataset_params")).set("train_transforms", Json.parse(views));
      ((ObjectNode) document.get("model_params"))
          .set(
              "DINO",
              Json.parse(
                  """
                  {"projection_size": 48, "moving_average_decay": 0.9, "ncrops": 4,
                   "warmup_teacher_temp": 0.04, "teacher_temp": 0.07, "student_temp": 0.1,
                   "warmup_teacher_temp_epochs": 2, "center_momentum": 0.9}
                  """));
      training(document).put("knn_nhood", 5);
      ((ObjectNode) document.get("medtrans"))
          .put("method", method)
          .setAll(
              (ObjectNode)
                  Json.parse(
                      """
                      {"dino": {"freeze_last_layer": 1, "clip_mode": "total", "drop_path": 0.1},
                       "byol": {"projector": [32, 24], "predictor": 16, "momentum": [0.9, 1]},
                       "simsiam": {"projector": [32, 32, 24], "predictor": 16,
                                   "constant_predictor_lr": true}}
                      """));
    };
  }

  private static Consumer<ObjectNode> inOneEpoch(Consumer<ObjectNode> changes) {
    return changes.andThen(document -> training(document).put("epochs", 1));
  }

  private static ObjectNode training(ObjectNode document) {
    return (ObjectNode) document.get("training_params");
  }

  /** What was told of each iteration in the attempt that kept it. */
  private List<String> progress(String run) {
    return wire.heard(TrainingEvent.Progress.class, run).stream()
        .map(e -> e.iteration() + " " + e.loss() + " " + e.learningRate() + " " + e.collapse())
        .distinct()
        .toList();
  }
}
