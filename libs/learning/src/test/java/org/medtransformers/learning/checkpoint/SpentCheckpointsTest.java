package org.medtransformers.learning.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.Disk;
import org.medtransformers.files.FolderSize;
import org.medtransformers.files.RunManifest;
import org.medtransformers.files.SpentCheckpoints;

/** What stays of a run's checkpoints when it is over, and what of them is still good for what. */
class SpentCheckpointsTest {
  private static final String BEST = "attempt-00001-iteration-000000000002";
  private static final String LAST = "attempt-00001-iteration-000000000004";
  private static final int MODEL = 1000;
  private static final int OPTIMIZER = 2000;

  @TempDir private Path folder;
  private Path root;

  /** Ends the process before one of its steps. */
  private static final class EndingDisk extends Disk {
    private int stepsLeft;

    EndingDisk(int steps) {
      this.stepsLeft = steps;
    }

    private static final class Ended extends Error {
      private static final long serialVersionUID = 1L;
    }

    private void step() {
      if (stepsLeft-- == 0) {
        throw new Ended();
      }
    }

    @Override
    public void write(Path file, String text) throws IOException {
      step();
      super.write(file, text);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      super.rename(from, to);
    }

    @Override
    public void remove(Path path) throws IOException {
      step();
      super.remove(path);
    }
  }

  @BeforeEach
  void train() throws IOException {
    root = train("checkpoints");
  }

  /** Four checkpoints, of which the last two and the best one, the second, are there. */
  private Path train(String name) throws IOException {
    Path checkpoints = folder.resolve(name);
    CheckpointStore store = new CheckpointStore(checkpoints, 2);
    for (int iteration = 1; iteration <= 4; iteration++) {
      store.save(1, iteration, progress(iteration), iteration == 2, content(iteration));
    }
    return checkpoints;
  }

  @Test
  void theBestWeightsStayAndCanBeVerified() throws IOException {
    byte[] before = Files.readAllBytes(root.resolve(BEST).resolve(RunManifest.WEIGHTS));
    remove(null);
    assertEquals(
        List.of("manifest.json", RunManifest.WEIGHTS), names(root.resolve(BEST)), "in the best");
    assertEquals(List.of(BEST, "best.json", "last.json"), names(root));
    CheckpointStore.verify(root.resolve(BEST), RunManifest.WEIGHTS);
    assertEquals(
        new String(before, StandardCharsets.UTF_8),
        Files.readString(root.resolve(BEST).resolve(RunManifest.WEIGHTS)));
  }

  @Test
  void whatIsSaidToGoIsWhatGoes() throws IOException {
    long all = FolderSize.of(root);
    SpentCheckpoints spent = SpentCheckpoints.of(root, null);
    assertTrue(spent.bytes() >= 2L * MODEL + 3L * OPTIMIZER, "bytes: " + spent.bytes());
    spent.remove(new Disk());
    long lastMark = Files.size(root.resolve("last.json"));
    assertEquals(all - spent.bytes() + lastMark, FolderSize.of(root));
    assertTrue(SpentCheckpoints.of(root, null).isEmpty());
  }

  /** Half a state must never be gone on from. */
  @Test
  void noTrainingGoesOnFromWeightsAlone() throws IOException {
    remove(null);
    CheckpointStore store = new CheckpointStore(root, 2);
    assertEquals(Optional.empty(), store.latest());
    CheckpointStore other = new CheckpointStore(folder.resolve("other"), 2);
    assertThrows(MedtransException.class, () -> other.adopt(store));
    assertEquals(List.of(), other.list());
  }

  @Test
  void theBestIsNotTakenForTheLast() throws IOException {
    assertEquals(4, new CheckpointStore(root, 2).last().orElseThrow().iteration());
    remove(null);
    assertEquals(Optional.empty(), new CheckpointStore(root, 2).last());
    assertEquals(2, new CheckpointStore(root, 2).markedBest().orElseThrow().iteration());
  }

  @Test
  void theModelOfTheRunStaysBesidesTheBest() throws IOException {
    remove(LAST);
    assertEquals(List.of(BEST, LAST, "best.json", "last.json"), names(root));
    assertEquals(4, new CheckpointStore(root, 2).last().orElseThrow().iteration());
  }

  @Test
  void withoutABestModelTheWeightsOfTheNewestStay() throws IOException {
    Files.delete(root.resolve("best.json"));
    remove(null);
    assertEquals(List.of(LAST, "last.json"), names(root));
  }

  @Test
  void whatAKilledTrainerLeftGoesToo() throws IOException {
    Path writing = Files.createDirectories(root.resolve(".writing-" + LAST));
    Files.write(writing.resolve("half"), new byte[10]);
    Files.createDirectories(root.resolve(".discarded-" + LAST));
    remove(null);
    assertEquals(List.of(BEST, "best.json", "last.json"), names(root));
  }

  @Test
  void aRunWithoutCheckpointsHasNothingToLose() throws IOException {
    SpentCheckpoints spent = SpentCheckpoints.of(folder.resolve("none"), null);
    assertTrue(spent.isEmpty());
    spent.remove(new Disk());
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  /** Trained further after that, a run has a last checkpoint again. */
  @Test
  void aTrainingThatBeginsAnewIsAsGoodAsAnyOther() throws IOException {
    remove(null);
    CheckpointStore store = new CheckpointStore(root, 2);
    store.save(2, 2, progress(2), true, content(2));
    store.save(2, 3, progress(3), false, content(3));
    assertEquals(3, store.latest().orElseThrow().iteration());
    assertEquals(3, store.last().orElseThrow().iteration());
    assertEquals(2, store.best().orElseThrow().attempt());
    remove(null);
    assertEquals(Optional.empty(), store.last());
  }

  /** It has its session's last checkpoint again, though it keeps one only and had got further. */
  @Test
  void aRunThatWentOnWithASessionCanBeginWithItOnceMore() throws IOException {
    CheckpointStore session = new CheckpointStore(folder.resolve("session"), 2);
    session.save(1, 1, progress(1), true, content(1));
    remove(null);
    CheckpointStore store = new CheckpointStore(root, 1);
    store.adopt(session);
    Checkpoint latest = store.latest().orElseThrow();
    assertEquals(List.of(0L, 1L), List.of((long) latest.attempt(), latest.iteration()));
  }

  @Test
  void brokenOffAtAnyStepItGoesOnFromThere() throws IOException {
    remove(null);
    int steps = 0;
    boolean broken = true;
    while (broken) {
      Path again = train("killed-" + steps);
      broken = breakOff(again, steps);
      CheckpointStore.verify(again.resolve(BEST), RunManifest.WEIGHTS);
      for (Checkpoint whole : new CheckpointStore(again, 2).list()) {
        assertTrue(whole.iteration() == 2 || intact(whole), "after %d steps".formatted(steps));
      }
      SpentCheckpoints.of(again, null).remove(new Disk());
      assertEquals(names(root), names(again), "after %d steps".formatted(steps));
      assertEquals(Optional.of(LAST), SpentCheckpoints.last(again));
      steps++;
    }
    assertTrue(steps > 10, "there were %d steps".formatted(steps));
  }

  private static boolean breakOff(Path checkpoints, int steps) throws IOException {
    try {
      SpentCheckpoints.of(checkpoints, null).remove(new EndingDisk(steps));
      return false;
    } catch (EndingDisk.Ended e) {
      return true;
    }
  }

  private static boolean intact(Checkpoint checkpoint) {
    CheckpointStore.verify(checkpoint.folder());
    return true;
  }

  private void remove(String model) throws IOException {
    SpentCheckpoints.of(root, model).remove(new Disk());
  }

  private static List<String> names(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static JsonNode progress(long iteration) {
    return Json.parse("{\"iteration\":" + iteration + "}");
  }

  private static CheckpointStore.Content content(int iteration) {
    return checkpoint -> {
      Files.write(
          checkpoint.resolve(RunManifest.WEIGHTS),
          "m".repeat(MODEL + iteration).getBytes(StandardCharsets.UTF_8));
      Files.write(checkpoint.resolve("optimizer.safetensors"), new byte[OPTIMIZER]);
    };
  }
}
