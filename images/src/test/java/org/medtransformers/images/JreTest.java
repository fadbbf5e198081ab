package org.medtransformers.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JreTest {
  @TempDir Path work;

  @Test
  void whatABrokenOffBuildLeftIsInNobodysWay() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            Jre.layer(
                work,
                folder -> {
                  make(folder);
                  throw new IllegalStateException("broken off");
                }));
    FileEntriesLayer layer = Jre.layer(work, JreTest::make);
    assertTrue(
        layer.getEntries().stream()
            .anyMatch(e -> e.getExtractionPath().toString().equals("/opt/java/release")));
  }

  @Test
  void aJreIsMadeOnceForEachVersionOfTheJdk() throws IOException {
    FileEntriesLayer made = Jre.layer(work, JreTest::make);
    assertEquals(made.getEntries(), Jre.layer(work, folder -> fail("made again")).getEntries());
    String folder = made.getEntries().get(0).getSourceFile().getFileName().toString();
    assertTrue(folder.startsWith("jre-" + Runtime.version() + "-"), folder);
  }

  /** In a folder that is not there yet, as jlink wants it. */
  private static void make(Path folder) {
    try {
      Files.createDirectory(folder);
      Files.createFile(folder.resolve("release"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
