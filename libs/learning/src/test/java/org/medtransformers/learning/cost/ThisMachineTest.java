package org.medtransformers.learning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.learning.engine.Gpus.Gpu;
import org.medtransformers.learning.engine.TorchDevice;

class ThisMachineTest {
  @TempDir private Path proc;

  @Test
  void aMachineIsKnownByProcessorMemoryAndGpu() throws IOException {
    Files.writeString(
        proc.resolve("cpuinfo"),
        """
        processor\t: 0
        model\t\t: 17
        model name\t: AMD EPYC   9654 96-Core Processor\s

        processor\t: 1
        model name\t: another
        """);
    Files.writeString(proc.resolve("meminfo"), "MemTotal:       131653524 kB\nMemFree: 1 kB\n");
    int cores = Runtime.getRuntime().availableProcessors();
    String processor = "AMD EPYC 9654 96-Core Processor";
    Machine plain = ThisMachine.of(proc, Optional.empty(), 8);
    assertEquals(new Machine(processor, cores, 8, 126L, null, null), plain);
    Gpu gpu = new Gpu("NVIDIA H200", 150_754_820_096L, "9.0");
    Machine accelerated = ThisMachine.of(proc, Optional.of(gpu), 8);
    assertEquals(new Machine(processor, cores, 8, 126L, "NVIDIA H200", 140L), accelerated);
    assertEquals("NVIDIA H200 (140 GiB); " + plain, accelerated.toString());
  }

  @Test
  void thisOneHasAName() {
    Machine machine = ThisMachine.of(TorchDevice.CPU, 1);
    assertFalse(machine.processor().isBlank());
    assertEquals(1, machine.threads());
  }
}
