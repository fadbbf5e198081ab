package org.medtransformers.learning.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.files.Disk;

/** What a store comes to whose process ends between any two steps of saving a checkpoint. */
class KilledStoreTest {
  private static final int KEEP = 2;

  @TempDir private Path folder;

  /** How it ends. */
  enum End {
    KILLED,
    /** What was written and not flushed is lost. */
    POWER_CUT
  }

  /** Ends the process before one of its steps; a negative number of them is never reached. */
  private static final class EndingDisk extends Disk {
    private final Set<Path> unflushed = new HashSet<>();
    private int stepsLeft;

    EndingDisk(int steps) {
      this.stepsLeft = steps;
    }

    private static final class Ended extends Error {
      private static final long serialVersionUID = 1L;
    }

    void step() {
      if (stepsLeft == 0) {
        throw new Ended();
      }
      stepsLeft--;
    }

    @Override
    public void createFolder(Path path) throws IOException {
      step();
      super.createFolder(path);
    }

    @Override
    public void write(Path file, String text) throws IOException {
      step();
      // A long text is written in parts.
      super.write(file, text.substring(0, text.length() / 2));
      unflushed.add(file);
      step();
      super.write(file, text);
    }

    @Override
    public void sync(Path path) {
      step();
      unflushed.remove(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      super.rename(from, to);
      // What lies unflushed in a folder stays so under its new name.
      List<Path> moved = unflushed.stream().filter(path -> path.startsWith(from)).toList();
      moved.forEach(path -> unflushed.add(to.resolve(from.relativize(path))));
    }

    @Override
    public void remove(Path path) throws IOException {
      step();
      super.remove(path);
    }

    void cutPower() throws IOException {
      for (Path file : unflushed) {
        if (Files.exists(file)) {
          Files.writeString(file, "");
        }
      }
    }
  }

  /** Three checkpoints, the first of them the best; the fourth, a better one, is broken off. */
  @ParameterizedTest
  @EnumSource
  void whenASaveIsBrokenOffTheOldOrTheNewCheckpointIsThere(End end) throws IOException {
    int steps = 0;
    while (breakOff(end, steps)) {
      steps++;
    }
    assertTrue(steps > 20, "the save had %d steps".formatted(steps));
  }

  /** Whether {@code steps} were too few for the save. */
  private boolean breakOff(End end, int steps) throws IOException {
    Path root = folder.resolve("%s-%d".formatted(end, steps));
    CheckpointStore before = new CheckpointStore(root, KEEP, new EndingDisk(-1));
    before.save(1, 1, progress(1), true, content(1, new EndingDisk(-1)));
    before.save(1, 2, progress(2), false, content(2, new EndingDisk(-1)));
    before.save(1, 3, progress(3), false, content(3, new EndingDisk(-1)));
    EndingDisk disk = new EndingDisk(steps);
    boolean broken = false;
    try {
      new CheckpointStore(root, KEEP, disk).save(1, 4, progress(4), true, content(4, disk));
    } catch (EndingDisk.Ended e) {
      broken = true;
    }
    if (end == End.POWER_CUT) {
      disk.cutPower();
    }
    String when = "after %d steps".formatted(steps);
    CheckpointStore after = new CheckpointStore(root, KEEP, new EndingDisk(-1));
    long latest = after.latest().orElseThrow().iteration();
    assertTrue(latest == 4 || (broken && latest == 3), when);
    requireWhole(after, when);
    goOn(after, root, latest, when);
    return broken;
  }

  /** Whatever counts can be read, and the best one is neither lost nor half of another. */
  private static void requireWhole(CheckpointStore store, String when) throws IOException {
    for (Checkpoint checkpoint : store.list()) {
      CheckpointStore.verify(checkpoint.folder());
      assertEquals(
          "weights " + checkpoint.iteration(),
          Files.readString(checkpoint.folder().resolve("model")),
          when);
      assertEquals(progress(checkpoint.iteration()), checkpoint.progress(), when);
    }
    long best = store.best().orElseThrow().iteration();
    assertTrue(best == 1 || best == 4, when);
  }

  /** The next attempt saves the same iteration and leaves no trace of what was broken off. */
  private static void goOn(CheckpointStore store, Path root, long latest, String when)
      throws IOException {
    store.save(2, 4, progress(4), true, content(4, new EndingDisk(-1)));
    assertEquals(2, store.latest().orElseThrow().attempt(), when);
    assertEquals(2, store.best().orElseThrow().attempt(), when);
    assertEquals(
        List.of(4L, latest),
        store.list().stream().map(Checkpoint::iteration).limit(KEEP).toList(),
        when);
    assertEquals(KEEP, store.list().size(), when);
    try (Stream<Path> entries = Files.list(root)) {
      assertEquals(
          List.of(),
          entries.filter(path -> path.getFileName().toString().startsWith(".")).toList(),
          when);
    }
  }

  /** A failing disk is an end of its own kind: the caller hears of it and nothing half counts. */
  @ParameterizedTest
  @EnumSource
  void aDraftThatIsNeverPublishedCountsForNothing(End end) throws IOException {
    EndingDisk disk = new EndingDisk(-1);
    CheckpointStore store = new CheckpointStore(folder, KEEP, disk);
    store.save(1, 1, progress(1), true, content(1, disk));
    CheckpointStore.Draft draft = store.write(1, 2, progress(2), content(2, disk));
    if (end == End.POWER_CUT) {
      disk.cutPower();
    }
    CheckpointStore after = new CheckpointStore(folder, KEEP);
    assertEquals(1, after.latest().orElseThrow().iteration());
    assertTrue(Files.exists(draft.folder()));
    after.save(2, 2, progress(2), false, content(2, new EndingDisk(-1)));
    assertTrue(Files.notExists(draft.folder()), "swept by the next attempt");
    assertThrows(
        IOException.class, () -> store.publish(draft, List.of(draft.checkpoint().iteration())));
    assertEquals(1, after.best().orElseThrow().iteration());
  }

  private static JsonNode progress(long iteration) {
    return Json.parse("{\"iteration\":" + iteration + "}");
  }

  private static CheckpointStore.Content content(long iteration, EndingDisk disk) {
    return folder -> {
      disk.write(folder.resolve("model"), "weights " + iteration);
      disk.write(folder.resolve("optimizer"), "moments " + iteration);
    };
  }
}
