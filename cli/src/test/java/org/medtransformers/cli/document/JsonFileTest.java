package org.medtransformers.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.MedtransException;

class JsonFileTest {
  @TempDir Path folder;

  @Test
  void aPipeIsWrittenToAndNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    // Open for both, so that nobody waits for the other end.
    try (RandomAccessFile ends = new RandomAccessFile(pipe.toFile(), "rw")) {
      JsonFile.requireWritable(pipe);
      JsonFile.write(pipe, List.of(1));
      assertFalse(Files.isRegularFile(pipe));
      assertEquals("[ 1 ]", ends.readLine());
    }
  }

  @Test
  void aLinkStaysAndItsTargetIsWritten() throws IOException {
    Path target = Files.writeString(Files.createDirectory(folder.resolve("far")).resolve("a"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    JsonFile.requireWritable(link);
    JsonFile.write(link, List.of(1));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("[ 1 ]\n", Files.readString(target));
  }

  @Test
  void aLinkToNothingIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
    assertThrows(MedtransException.class, () -> JsonFile.requireWritable(link));
  }
}
