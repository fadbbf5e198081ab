package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class DiskErrorsTest {
  /** Linux has a device on which there is never any room. */
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void aDeviceWithoutRoomIsAFullDisk() {
    assumeTrue(Files.isWritable(FULL), "this system has no " + FULL);
    IOException failure = assertThrows(IOException.class, DiskErrorsTest::writeIntoFull);
    assertEquals(ErrorCode.DISK_FULL, DiskErrors.describe(failure, "writing").code());
    assertTrue(DiskErrors.isFull(failure));
  }

  private static void writeIntoFull() throws IOException {
    try (OutputStream out = new FileOutputStream(FULL.toFile())) {
      out.write(1);
    }
  }

  @Test
  void aFullDiskIsKnownHoweverWrapped() {
    IOException quota = new IOException("/x/model.safetensors: Disk quota exceeded");
    assertTrue(DiskErrors.isFull(new UncheckedIOException(quota)));
    assertTrue(DiskErrors.isFull(new IllegalStateException(new ExecutionException(quota))));
    assertTrue(
        DiskErrors.isFull(MedtransException.of(ErrorCode.WEIGHTS_UNREADABLE, "no weights", quota)));
    assertTrue(DiskErrors.isFull(MedtransException.of(ErrorCode.DISK_FULL, "no room")));
  }

  @Test
  void otherFailuresAreNone() {
    assertFalse(DiskErrors.isFull(new IOException("Input/output error")));
    assertFalse(DiskErrors.isFull(new IllegalStateException("No space left on device")));
    assertFalse(DiskErrors.isFull(MedtransException.of(ErrorCode.IO_FAILED, "Stale file handle")));
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException other = new IllegalStateException("other", one);
    one.initCause(other);
    assertFalse(DiskErrors.isFull(one));
  }
}
