package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFoldersTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path root;
  private PreparedFolders folders;

  @BeforeEach
  void prepareOneLongAgo() throws IOException {
    folders = new PreparedFolders(root);
    Path set = Files.createDirectory(root.resolve(ID));
    Files.write(set.resolve("train-000.npy"), new byte[500]);
    Files.setLastModifiedTime(set, FileTime.from(LONG_AGO));
  }

  @Test
  void aSetThatNobodyAskedForWasUsedWhenItWasMade() throws IOException {
    assertEquals(List.of(ID), folders.ids());
    assertEquals(Optional.of(new PreparedFolders.Folder(ID, 500, LONG_AGO)), folders.find(ID));
  }

  @Test
  void whoAsksForASetUsesIt() throws IOException {
    assertTrue(folders.use(ID));
    Duration ago = Duration.between(folders.find(ID).orElseThrow().used(), Instant.now());
    assertTrue(ago.abs().compareTo(Duration.ofMinutes(10)) < 0, ago.toString());
    assertFalse(folders.remove(ID, LONG_AGO.plusSeconds(1)));
    assertTrue(Files.exists(root.resolve(ID)));
  }

  @Test
  void onlyWhatWasUsedBeforeIsRemoved() throws IOException {
    assertFalse(folders.remove(ID, LONG_AGO));
    assertTrue(folders.remove(ID, LONG_AGO.plusMillis(1)));
    assertEquals(List.of(), folders.ids());
    assertEquals(Optional.empty(), folders.find(ID));
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(List.of(root.resolve(".locks")), left.toList());
    }
    assertFalse(folders.use(ID), "it is gone");
  }

  @Test
  void whatSomebodyHasLockedIsNeitherRemovedNorTakenForThere() throws IOException {
    try (ProcessLock lock = folders.tryLock(ID)) {
      lock.touch();
      assertFalse(folders.remove(ID, Instant.now().plusSeconds(3600)));
      assertFalse(folders.use(ID));
    }
    assertTrue(folders.use(ID));
  }

  @Test
  void whatIsBeingMadeAndWhatIsDownloadedAreNoSets() throws IOException {
    Files.createDirectory(folders.newTemporary(ID));
    Files.createDirectory(root.resolve(".downloads"));
    assertEquals(List.of(ID), folders.ids());
    assertEquals(List.of(), new PreparedFolders(root.resolve("none")).ids());
  }
}
