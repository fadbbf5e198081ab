package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFailureLeavesTheFileBeforeAndNothingElse() throws IOException {
    Path file = folder.resolve("a.json");
    WholeFile.write(file, "before");
    assertThrows(
        IOException.class,
        () ->
            WholeFile.write(
                file,
                out -> {
                  out.write('x');
                  throw new IOException("no space");
                }));
    assertEquals("before", Files.readString(file));
    assertEquals(List.of(file), Disk.startingWith("", folder));
  }

  @Test
  void attributesHoldForTheFile() throws IOException {
    Path file = folder.resolve("secret");
    var owner = PosixFilePermissions.fromString("rw-------");
    WholeFile.write(file, "s", PosixFilePermissions.asFileAttribute(owner));
    assertEquals(owner, Files.getPosixFilePermissions(file));
  }
}
