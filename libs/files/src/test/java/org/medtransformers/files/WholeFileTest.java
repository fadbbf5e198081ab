package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
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

  @Test
  void whatAKilledWriterHasLeftGoesWithTheNextFileAndNotWhileItIsWritten() throws Exception {
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowWriter.class.getName(),
                folder.resolve("theirs").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = writer.inputReader()) {
      assertEquals("now", out.readLine());
      Path ours = folder.resolve("ours");
      WholeFile.write(ours, "1");
      assertEquals(2, Disk.startingWith("", folder).size(), "theirs is still being written");
      writer.destroyForcibly().waitFor();
      WholeFile.write(ours, "2");
      assertEquals(List.of(ours), Disk.startingWith("", folder));
    }
  }

  @Test
  void aFileIsWrittenWhileAnotherIsBesideIt() throws IOException {
    WholeFile.write(
        folder.resolve("outer"),
        out -> {
          out.write('o');
          WholeFile.write(folder.resolve("inner"), "i");
        });
    assertEquals("o", Files.readString(folder.resolve("outer")));
    assertEquals("i", Files.readString(folder.resolve("inner")));
  }

  /** Begins a file and never comes to its end. */
  static final class SlowWriter {
    private SlowWriter() {}

    public static void main(String[] args) throws IOException {
      WholeFile.write(
          Path.of(args[0]),
          out -> {
            out.write('t');
            System.out.println("now");
            while (System.in.read() >= 0) {
              // Nobody says anything.
            }
          });
    }
  }
}
