package org.medtransformers.plots.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.plots.Png;

/** Read by a parser that shares nothing with the writer, and by TensorBoard where it is there. */
class EventFileTest {
  private static final Path SCRIPT = Path.of("src/test/resources/read_events.py");
  private static final byte[] PICTURE =
      Png.encode(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB));

  @TempDir Path folder;

  @Test
  void anIndependentParserReadsWhatWasWritten() throws Exception {
    assumeTrue(runs("pass"), "python3 is not here");
    writeTwoAttempts();
    List<JsonNode> events = read();
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
    assumeTrue(runs("import tensorboard"), "python3 with TensorBoard is not here");
    writeTwoAttempts();
    List<JsonNode> events = read("tensorboard");
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

  private List<JsonNode> read(String... how) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("python3", SCRIPT.toString(), folder.toString()));
    command.addAll(List.of(how));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().map(line -> Json.parse(line.replace("NaN", "\"NaN\""))).toList();
  }

  private static boolean runs(String line) throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", line).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
