package org.medtransformers.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.MedtransException;

class DataRootsTest {
  @TempDir Path folder;

  @Test
  void aFolderIsAddedOnceByItsRealPath() throws IOException {
    Path home = folder.resolve("home");
    Path images = Files.createDirectory(folder.resolve("images"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), images);
    DataRoots roots = new DataRoots(home);

    assertTrue(roots.add(link));
    assertFalse(roots.add(images));
    assertEquals(
        List.of(images.toRealPath().toString()), Files.readAllLines(home.resolve("data-roots")));
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    DataRoots roots = new DataRoots(folder);
    Path missing = folder.resolve("missing");
    assertTrue(
        assertThrows(MedtransException.class, () -> roots.add(missing))
            .getMessage()
            .contains(missing.toString()));
    assertFalse(Files.exists(folder.resolve("data-roots")));
  }
}
