package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir Path temporary;

  @Test
  void aFolderThatIsMadeIsItsOwnersAlone() throws IOException {
    Path home = temporary.resolve("home");
    assertEquals(Optional.empty(), PrivateFolder.close(home));
    assertEquals("rwx------", permissions(home));
  }

  @Test
  void oneThatWasOpenIsClosedOnceWithAllThatIsInIt() throws IOException {
    Path home = folder("home", "rwxr-xr-x");
    Path images = folder("home/datasets", "rwxrwxr-x");
    Path rows = file("home/datasets/rows.bin", "rw-r--r--");
    Path program = file("home/initdb", "rwxr-xr-x");
    Path secret = file("home/password", "rw-------");
    assertEquals(
        Optional.of(new PrivateFolder.Closed(4, 0)),
        PrivateFolder.close(Files.createSymbolicLink(temporary.resolve("link"), home)));
    assertEquals("rwx------", permissions(home));
    assertEquals("rwx------", permissions(images));
    assertEquals("rw-------", permissions(rows));
    assertEquals("rwx------", permissions(program));
    assertEquals("rw-------", permissions(secret));
    assertEquals(Optional.empty(), PrivateFolder.close(home));
  }

  @Test
  void whatALinkLeadsToStaysAsItIs() throws IOException {
    folder("home", "rwxr-xr-x");
    Path theirs = file("images.zip", "rw-r--r--");
    Files.createSymbolicLink(temporary.resolve("home/link"), theirs);
    Files.createSymbolicLink(temporary.resolve("home/nowhere"), Path.of("missing"));
    Optional<String> said = LocalStack.closeToOthers(temporary.resolve("home"));
    assertTrue(
        said.orElseThrow().endsWith("1 files and folders are closed to them now"), said::get);
    assertEquals("rw-r--r--", permissions(theirs));
  }

  private Path folder(String name, String permissions) throws IOException {
    return with(permissions, Files.createDirectory(temporary.resolve(name)));
  }

  private Path file(String name, String permissions) throws IOException {
    return with(permissions, Files.writeString(temporary.resolve(name), name));
  }

  private static Path with(String permissions, Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
