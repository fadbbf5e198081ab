package org.medtransformers.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryTest {
  @Test
  void aTreeWeighsMoreThanItsRootAndTheDeadNothing() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "sleep 60; :").start();
    ProcessHandle root = shell.toHandle();
    try {
      while (root.descendants().findAny().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      long alone = Memory.of(root).orElseThrow();
      assertTrue(alone > 0);
      assertTrue(Memory.ofTree(root).orElseThrow() > alone);
    } finally {
      root.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
    assertEquals(OptionalLong.empty(), Memory.of(root));
  }
}
