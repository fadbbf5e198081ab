package org.medtransformers.learning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  private static final int PAGE = 4096;

  @TempDir private Path process;

  private void status(long peak, long now) throws IOException {
    Files.writeString(
        process.resolve("status"),
        "Name:\tjava\nVmHWM:\t    %d kB\nVmRSS:\t    %d kB\n".formatted(peak, now));
  }

  @Test
  void whereThePeakCanBeBegunAnewItIsTheSystems() throws IOException {
    Path clear = Files.createFile(process.resolve("clear_refs"));
    status(900, 100);
    ProcessMemory memory = new ProcessMemory(process);
    assertEquals("5", Files.readString(clear));
    assertEquals(OptionalLong.of(900 * 1024), memory.peak());
  }

  @Test
  void whereItCannotAnEarlierPeakIsNotThisOne() throws IOException {
    status(900, 100);
    ProcessMemory memory = new ProcessMemory(process);
    assertEquals(OptionalLong.of(100 * 1024), memory.peak());
    status(900, 300);
    assertEquals(OptionalLong.of(300 * 1024), memory.peak());
    status(900, 200);
    assertEquals(OptionalLong.of(300 * 1024), memory.peak());
  }

  @Test
  void withoutSuchFilesItIsUnknown() {
    assertEquals(OptionalLong.empty(), new ProcessMemory(process).peak());
  }

  @Test
  void memoryOfThisProcessIsSeen() {
    assumeTrue(Files.exists(ProcessMemory.ROOT.resolve("status")), "this system has no /proc");
    ProcessMemory memory = new ProcessMemory(ProcessMemory.ROOT);
    long before = memory.peak().orElseThrow();
    ByteBuffer large = ByteBuffer.allocateDirect(256 << 20);
    for (int i = 0; i < large.capacity(); i += PAGE) {
      large.put(i, (byte) 1);
    }
    long grown = memory.peak().orElseThrow() - before;
    assertTrue(grown > 200 << 20, "grown by " + grown);
    assertEquals(1, large.get(0));
  }
}
