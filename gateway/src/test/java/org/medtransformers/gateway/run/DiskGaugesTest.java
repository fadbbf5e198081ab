package org.medtransformers.gateway.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGaugesTest {
  @TempDir Path root;

  @Test
  void aFolderIsAsLargeAsAllItsFiles() throws IOException {
    Files.write(root.resolve("one"), new byte[300]);
    Files.write(Files.createDirectories(root.resolve("a/b")).resolve("two"), new byte[5000]);
    assertEquals(5300, DiskGauges.size(root));
  }

  /** As a remote file system says of a folder that somebody else deletes. */
  @Test
  void aFolderThatVanishesWhileItIsListedEndsNothing() {
    assertEquals(
        FileVisitResult.CONTINUE,
        new DiskGauges.Sum().postVisitDirectory(root, new IOException("Stale file handle")));
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws IOException {
    assertEquals(0, DiskGauges.size(root.resolve("none")));
  }
}
