package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSizeTest {
  @TempDir Path root;

  @Test
  void aFolderIsAsLargeAsAllItsFiles() throws IOException {
    Files.write(root.resolve("one"), new byte[300]);
    Files.write(Files.createDirectories(root.resolve("a/b")).resolve("two"), new byte[5000]);
    assertEquals(5300, FolderSize.of(root));
    assertEquals(300, FolderSize.of(root.resolve("one")));
  }

  @Test
  void whatALinkLeadsToIsNotCounted() throws IOException {
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
    Files.write(elsewhere.resolve("large"), new byte[100_000]);
    Path folder = Files.createDirectories(root.resolve("folder"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    long ofTheLink = Files.readSymbolicLink(link).toString().length();
    assertEquals(ofTheLink, FolderSize.of(folder));
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws IOException {
    assertEquals(0, FolderSize.of(root.resolve("none")));
  }
}
