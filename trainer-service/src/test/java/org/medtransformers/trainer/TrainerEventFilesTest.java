package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.python.Python;

/** What a run leaves for TensorBoard. */
@QuarkusTest
class TrainerEventFilesTest extends TrainerScenario {
  @Test
  void tensorBoardSeesOneCourseOfARunThatWasInterrupted() throws Exception {
    Python python = Python.with("");
    trainInterrupted(
        runId,
        "/epochs/2/batches/2",
        8,
        document ->
            ((ObjectNode) document.get("training_params"))
                .put("use_tensorboard", true)
                .put("log_embeddings", true));

    List<JsonNode> events = events(python, artifacts.run(runId).resolve("tensorboard"));
    int kept = keptByFirstAttempt(runId);
    assertEquals(
        List.of(0L, kept + 1L),
        events.stream().filter(e -> e.has("status")).map(e -> e.get("step").asLong()).toList(),
        "the second attempt makes void what the first did after its checkpoint");
    assertEquals(
        told(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), kept, List.of(9L, 10L, 11L, 12L)),
        steps(events, "train/loss"));
    List<Long> validations = told(List.of(3L, 6L), kept, List.of(9L, 12L));
    assertEquals(validations, steps(events, "val/loss"));
    assertEquals(validations, steps(events, "embeddings/umap"));
    assertTrue(
        Json.parse(events.get(2).get("text").asText().replace("```json", "").replace("```", ""))
            .has("training_params"));
    assertEquals("generated", text(events, "run/run_name"));
    assertEquals("medtransformers", text(events, "run/project_name"));
    TrainingEvent.Progress told =
        wire.heard(TrainingEvent.Progress.class, runId).stream()
            .filter(e -> e.iteration() == 12)
            .findFirst()
            .orElseThrow();
    JsonNode written =
        events.stream()
            .filter(e -> e.path("tag").asText().equals("train/loss"))
            .reduce((a, b) -> b)
            .orElseThrow();
    assertEquals(told.loss(), written.get("scalar").asDouble(), 1e-6);
    assertTrue(Files.size(artifacts.run(runId).resolve("plots/umap-12.png")) > 1000);
  }

  private static String text(List<JsonNode> events, String tag) {
    return events.stream()
        .filter(e -> e.path("tag").asText().equals(tag))
        .findFirst()
        .orElseThrow()
        .get("text")
        .asText();
  }

  /** What two attempts tell: the second tells again of what came after the first's checkpoint. */
  private static List<Long> told(List<Long> first, int kept, List<Long> later) {
    Stream<Long> again = first.stream().filter(step -> step > kept);
    return Stream.of(first.stream(), again, later.stream()).flatMap(steps -> steps).toList();
  }

  private static List<Long> steps(List<JsonNode> events, String tag) {
    return events.stream()
        .filter(e -> e.path("tag").asText().equals(tag))
        .map(e -> e.get("step").asLong())
        .toList();
  }

  /** By a parser that shares nothing with the writer. */
  private static List<JsonNode> events(Python python, Path folder) throws IOException {
    String script = "../libs/plots/src/test/resources/read_events.py";
    return python
        .run(script, folder.toString())
        .lines()
        .map(line -> Json.parse(line.replace("NaN", "\"NaN\"")))
        .toList();
  }
}
