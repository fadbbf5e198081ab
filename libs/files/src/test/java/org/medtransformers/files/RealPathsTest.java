package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPathsTest {
  @TempDir private Path temporary;
  private Path root;

  @BeforeEach
  void resolveLinks() throws IOException {
    root = temporary.toRealPath();
  }

  @Test
  void whatExistsIsItsRealPath() throws IOException {
    Path folder = Files.createDirectory(root.resolve("there"));
    Path link = Files.createSymbolicLink(root.resolve("link"), folder);
    assertEquals(folder, RealPaths.of(link));
  }

  @Test
  void whatIsMissingLiesWhereTheLinkAboveItLeads() throws IOException {
    Path folder = Files.createDirectory(root.resolve("there"));
    Path link = Files.createSymbolicLink(root.resolve("link"), folder);
    assertEquals(folder.resolve("a/b"), RealPaths.of(link.resolve("a/b")));
    assertEquals(root.resolve("c"), RealPaths.of(link.resolve("a/../../c")));
  }

  @Test
  void aLinkToNowhereIsNoWay() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("missing"));
    assertThrows(IOException.class, () -> RealPaths.of(link));
    assertThrows(IOException.class, () -> RealPaths.of(link.resolve("below")));
  }
}
