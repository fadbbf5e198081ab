package org.medtransformers.tests.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDiskTest {
  private static final byte[] MUCH = new byte[1 << 20];

  @TempDir private Path folder;
  private ArtifactDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = ArtifactDisk.at(folder.resolve("runs"), true);
    assumeTrue(disk.own(), "nothing may be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    disk.unmount();
  }

  @Test
  void whatIsThereStaysAndMoreHasNoRoomUntilItIsGivenBack() throws Exception {
    Path before = Files.write(folder.resolve("runs/before"), MUCH);
    Path after = folder.resolve("runs/after");
    disk.fill();
    assertThrows(IOException.class, () -> Files.write(after, MUCH));
    assertArrayEquals(MUCH, Files.readAllBytes(before));
    disk.empty();
    assertArrayEquals(MUCH, Files.readAllBytes(Files.write(after, MUCH)));
  }

  @Test
  void anEmptyDiskCanBeFullToo() throws Exception {
    disk.fill();
    assertThrows(IOException.class, () -> Files.write(folder.resolve("runs/any"), MUCH));
  }
}
