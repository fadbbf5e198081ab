package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;

/** A disk of 64 KiB; skipped where this process may not mount one. */
class FullDiskTest {
  @TempDir Path location;
  @TempDir Path disk;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "needs the right to mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily, as the prepared set stays mapped until its buffers are collected.
    run("umount", "--lazy", disk.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /** 30 images of 64 × 64 × 3 bytes need 360 KiB. */
  @Test
  void failsClearlyLeavesNothingAndSucceedsOnceThereIsRoom() throws Exception {
    TestSets.phantom(location);
    PrepareSpec spec =
        TestSets.spec(
            DatasetName.APTOS2019,
            location,
            TestSets.transforms("{\"Resize\": {\"apply\": true, \"height\": 64, \"width\": 64}}"));
    Preparer preparer = new Preparer(disk, ImageLimits.DEFAULT, 2, path -> false);
    MedtransException e =
        assertThrows(MedtransException.class, () -> preparer.prepare(spec, (done, total) -> {}));
    assertEquals(ErrorCode.DISK_FULL, e.code(), e.getMessage());
    assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
    assertEquals(List.of(), TestSets.entries(disk));
    assertEquals(0, run("mount", "-o", "remount,size=4m", disk.toString()));
    String id = preparer.prepare(spec, (done, total) -> {}).id();
    assertEquals(List.of(id), TestSets.entries(disk));
  }

  /** Not even a folder can be made. */
  @Test
  void diskWithoutAnyRoomIsCalledFull() throws Exception {
    TestSets.phantom(location);
    assertThrows(IOException.class, () -> Files.write(disk.resolve("ballast"), new byte[1 << 20]));
    Preparer preparer = new Preparer(disk.resolve("a"), ImageLimits.DEFAULT, 2, path -> false);
    PrepareSpec spec = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
    MedtransException e =
        assertThrows(MedtransException.class, () -> preparer.prepare(spec, (done, total) -> {}));
    assertEquals(ErrorCode.DISK_FULL, e.code(), e.getMessage());
  }
}
