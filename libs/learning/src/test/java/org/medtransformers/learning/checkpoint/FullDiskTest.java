package org.medtransformers.learning.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.files.Disk;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.DiskRoom;

/** A file system of a mebibyte, where this user may mount one. */
class FullDiskTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path mount;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()) == 0,
        "this user may not mount a tmpfs");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", mount.toString());
  }

  @Test
  void aCheckpointThatDoesNotFitLeavesTheOneBeforeWholeAndTakesNoRoom() throws IOException {
    CheckpointStore store = new CheckpointStore(mount, 1);
    save(store, 1, MEBIBYTE / 2);
    DiskRoom room = new DiskRoom(List.of(mount));
    assertTrue(room.lacking(MEBIBYTE / 4).isEmpty());

    IOException full = assertThrows(IOException.class, () -> save(store, 2, MEBIBYTE));
    assertTrue(DiskErrors.isFull(full), full::toString);
    assertEquals(1, store.latest().orElseThrow().iteration());
    assertTrue(room.lacking(MEBIBYTE / 4).isEmpty(), "the half-written one is gone");
    assertEquals(1, Disk.startingWith("", mount).size());

    save(store, 3, MEBIBYTE / 4);
    assertEquals(3, store.latest().orElseThrow().iteration());
  }

  private static void save(CheckpointStore store, int iteration, int bytes) throws IOException {
    store.save(
        1,
        iteration,
        Json.tree(iteration),
        false,
        folder -> Files.write(folder.resolve("model"), new byte[bytes]));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
