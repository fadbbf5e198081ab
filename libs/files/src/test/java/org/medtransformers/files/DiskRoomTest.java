package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  private static final long NEEDED = 256L << 20;

  @TempDir private Path root;

  @Test
  void asMuchAsIsNeededIsEnoughAndAByteLessIsNot() {
    Path runs = root.resolve("runs");
    assertEquals(Optional.empty(), room(NEEDED, runs).lacking(NEEDED));
    assertEquals(
        Optional.of("255 MiB free below %s, 256 MiB needed".formatted(runs)),
        room(NEEDED - 1, runs).lacking(NEEDED));
  }

  @Test
  void everyFolderNeedsItsRoomBecauseEachMayBeAnotherDisk() {
    Path other = root.resolve("datasets");
    DiskRoom room =
        new DiskRoom(
            List.of(root, root.getParent()), folder -> folder.equals(root) ? NEEDED : NEEDED / 2);
    assertEquals(
        Optional.of("128 MiB free below %s, 256 MiB needed".formatted(root.getParent())),
        room.lacking(NEEDED));
    assertEquals(Optional.empty(), room(NEEDED, root, other).lacking(NEEDED));
  }

  @Test
  void aFolderThatIsNotThereYetIsMeasuredWhereItWillBe() {
    DiskRoom room =
        new DiskRoom(
            List.of(root.resolve("runs/deeper")), folder -> folder.equals(root) ? 1 : 1000);
    assertTrue(room.lacking(2).isPresent());
  }

  @Test
  void whatCannotBeMeasuredHoldsNothingUp() {
    DiskRoom room =
        new DiskRoom(
            List.of(root),
            folder -> {
              throw new IOException("Stale file handle");
            });
    assertEquals(Optional.empty(), room.lacking(NEEDED));
  }

  @Test
  void theDiskOfAFolderHasRoomForAByteAndNotForAllThatAreThinkable() {
    DiskRoom room = new DiskRoom(List.of(root));
    assertEquals(Optional.empty(), room.lacking(1));
    assertTrue(room.lacking(Long.MAX_VALUE - (1 << 20)).isPresent());
  }

  private static DiskRoom room(long usable, Path... folders) {
    return new DiskRoom(List.of(folders), folder -> usable);
  }
}
