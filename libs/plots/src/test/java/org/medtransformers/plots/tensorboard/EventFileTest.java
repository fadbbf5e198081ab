package org.medtransformers.plots.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.plots.Png;
import org.medtransformers.python.Python;

/** Read by a parser that shares nothing with the writer, and by TensorBoard where it is there. */
class EventFileTest {
  private static final Path SCRIPT = Path.of("src/test/resources/read_events.py");
  private static final byte[] PICTURE =
      Png.encode(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB));

  @TempDir Path folder;

  @Test
  void anIndependentParserReadsWhatWasWritten() throws Exception {
    Python python = Python.with("");
    writeTwoAttempts();
    List<JsonNode> events = read(python);
    assertEquals("brain.Event:2", events.get(0).get("file_version").asText());
    assertEquals(1_000.5, events.get(0).get("wall_time").asDouble());
    assertEquals(1, events.get(1).get("status").asInt());
    assertEquals(1, events.get(1).get("step").asLong());
    assertEquals("train/loss", events.get(2).get("tag").asText());
    assertEquals((double) 0.1f, events.get(2).get("scalar").asDouble());
    assertEquals(7, events.get(2).get("step").asLong());
    assertEquals("NaN", events.get(3).get("scalar").asText());
    assertEquals(
        List.of(200, 300, 3, PICTURE.length), Json.convert(events.get(4).get("image"), List.class));
    assertEquals("text", events.get(5).get("plugin").asText());
    assertEquals("ä `file`", events.get(5).get("text").asText());
    assertEquals(3_000_000_000L, events.get(6).get("step").asLong());
    assertEquals(5, events.get(8).get("step").asLong(), "where the second attempt goes on");
  }

  @Test
  void tensorBoardForgetsWhatAKilledAttemptDidAfterItsCheckpoint() throws Exception {
    Python python = Python.with("tensorboard");
    writeTwoAttempts();
    List<JsonNode> events = read(python, "tensorboard");
    List<JsonNode> losses =
        events.stream().filter(e -> e.get("tag").asText().equals("train/loss")).toList();
    assertEquals(1, losses.size(), losses::toString);
    assertEquals(5, losses.get(0).get("step").asLong());
    assertEquals(0.25, losses.get(0).get("scalar").asDouble());
    assertFalse(events.stream().noneMatch(e -> e.has("image")), events::toString);
    assertFalse(events.stream().noneMatch(e -> e.has("text")), events::toString);
  }

  private void writeTwoAttempts() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_000_500), ZoneOffset.UTC);
    try (EventFile first = EventFile.create(folder, "1", 1, clock)) {
      first.scalar("train/loss", 7, 0.1);
      first.scalar("val/kappa", 7, Double.NaN);
      first.image("samples", 0, PICTURE);
      first.text("run", 0, "ä `file`");
      first.scalar("train/lr", 3_000_000_000L, 1e-4);
    }
    try (EventFile second = EventFile.create(folder, "2", 5, clock)) {
      second.scalar("train/loss", 5, 0.25);
    }
  }

  private List<JsonNode> read(Python python, String... how) throws IOException {
    Stream<String> script = Stream.of(SCRIPT.toString(), folder.toString());
    return python
        .run(Stream.concat(script, Stream.of(how)).toArray(String[]::new))
        .lines()
        .map(line -> Json.parse(line.replace("NaN", "\"NaN\"")))
        .toList();
  }
}
