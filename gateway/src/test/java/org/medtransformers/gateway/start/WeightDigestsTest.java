package org.medtransformers.gateway.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Sha256;

class WeightDigestsTest {
  @TempDir Path folder;
  private final WeightDigests digests = new WeightDigests();

  @Test
  void aFileThatStaysAsItIsIsReadOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("net.pth"), "weights");
    String digest = digests.of(file);
    assertEquals(Sha256.of(file), digest);
    // A second reading would make another string of the same letters.
    assertSame(digest, digests.of(file));
  }

  @Test
  void afterAChangeItIsReadAgainEvenIfItsSizeAndTimeSayOtherwise() throws IOException {
    Path file = Files.writeString(folder.resolve("net.pth"), "weights");
    FileTime before = Files.getLastModifiedTime(file);
    String digest = digests.of(file);
    Files.writeString(file, "WEIGHTS");
    Files.setLastModifiedTime(file, before);
    assertEquals(Sha256.of("WEIGHTS"), digests.of(file));

    Path other = Files.writeString(folder.resolve("other.pth"), "weights");
    Files.setLastModifiedTime(other, before);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(digest, digests.of(file));
  }

  @Test
  void whatCannotBeReadIsAnErrorAndIsTriedAgain() throws IOException {
    Path file = folder.resolve("net.pth");
    assertThrows(NoSuchFileException.class, () -> digests.of(file));
    Files.createDirectory(file);
    assertThrows(IOException.class, () -> digests.of(file));
    Files.delete(file);
    Files.writeString(file, "weights");
    assertEquals(Sha256.of("weights"), digests.of(file));
  }
}
