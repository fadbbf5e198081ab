package org.medtransformers.trainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.trainer.loop.TrainingLoop;
import org.medtransformers.trainer.loop.TrainingPlan;

/**
 * Of every key that says which batches a training sees, and what it does between them: another
 * value, and it asks for others, or goes on in another way.
 */
class EveryCourseKeyTest {
  private static final DatasetDescription TWO_CLASSES =
      new DatasetDescription(
          "Generated",
          List.of("dark", "bright"),
          Task.MULTI_CLASS,
          1,
          List.of(0.5),
          List.of(0.5),
          TargetMetric.COHEN_KAPPA,
          true);

  private final GeneratedDataServer server =
      new GeneratedDataServer(TWO_CLASSES, new SplitSizes(10, 5, 0), 1);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /dataloader_params/trainloader | batch_size | 4
          /dataloader_params/trainloader | shuffle    | false
          /dataloader_params/trainloader | drop_last  | true
          /dataloader_params/valloader   | batch_size | 4
          /dataset_params                | train_transforms | [{"Normalize": false}]
          /dataset_params                | val_transforms   | [{"Normalize": false}]
          /training_params               | knn_eval         | true
          """)
  void anotherValueIsAnotherLoader(String object, String key, String value)
      throws IOException, InterruptedException {
    ObjectNode run = run();
    List<LoaderSpec> before = loaders(run);
    assertEquals(before, loaders(run));
    ((ObjectNode) run.at(object)).set(key, Json.parse(value));
    assertNotEquals(before, loaders(run));
  }

  private List<LoaderSpec> loaders(JsonNode run) throws InterruptedException {
    BatchClient client =
        new BatchClient(
            new BatchSettings(
                List.of(server.address()),
                2,
                1 << 20,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                1 << 20));
    LoaderBatches batches = LoaderBatches.register(client, requested(run), () -> false);
    return Stream.of(batches.trainingSplit(), batches.validationSplit(), batches.bankSplit())
        .map(loader -> loader == null ? null : loader.spec())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "keep_best, 3",
    "checkpoint_every_seconds, 5",
    "early_stop_patience, 2",
    "method, '\"dino\"'"
  })
  void anotherValueIsAnotherCourse(String key, String value) throws IOException {
    ObjectNode run = run();
    TrainingPlan plan = new TrainingPlan(5, 5, 1, 2);
    TrainingLoop.Settings before = TrainingLoop.Settings.of(requested(run), plan);
    ((ObjectNode) run.get("medtrans")).set(key, Json.parse(value));
    assertNotEquals(before, TrainingLoop.Settings.of(requested(run), plan));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "3, '4, 3, 2'"})
  void asManyCheckpointsStayAsTheFileSays(int keep, String iterations, @TempDir Path folder)
      throws IOException {
    RunConfig.Medtrans options =
        Json.read("{\"keep_checkpoints\": %d}".formatted(keep), RunConfig.Medtrans.class);
    CheckpointStore store = RunCheckpoints.store(folder, options);
    for (int iteration = 1; iteration <= 4; iteration++) {
      store.save(
          1,
          iteration,
          Json.parse("{}"),
          false,
          at -> Files.writeString(at.resolve("model"), "weights"));
    }
    assertEquals(
        iterations,
        store.list().stream()
            .map(c -> Long.toString(c.iteration()))
            .collect(Collectors.joining(", ")));
  }

  private TrainingEvent.Requested requested(JsonNode run) {
    return new TrainingEvent.Requested(
        "run", 5, Json.convert(run, RunConfig.class), server.dataset(), "sha", null, "runs", null);
  }

  private static ObjectNode run() throws IOException {
    try (InputStream in = EveryCourseKeyTest.class.getResourceAsStream("/run.json")) {
      return (ObjectNode) Json.mapper().readTree(in);
    }
  }
}
