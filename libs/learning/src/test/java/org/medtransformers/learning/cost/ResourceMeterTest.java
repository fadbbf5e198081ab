package org.medtransformers.learning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.learning.engine.Nvml;

class ResourceMeterTest {
  @TempDir private Path empty;

  /** A GPU that says what it is told to. */
  private record Told(Deque<OptionalDouble> energy, Deque<OptionalLong> memory) implements Nvml {
    @Override
    public OptionalDouble joules() {
      return energy.removeFirst();
    }

    @Override
    public OptionalLong processMemory() {
      return memory.removeFirst();
    }
  }

  private ResourceMeter meter(EnergyCounter processor, Nvml device) {
    return new ResourceMeter(new ProcessMemory(empty), processor, Optional.ofNullable(device));
  }

  @Test
  void energyCountsFromTheBeginningAndMemoryIsThePeak() {
    Nvml device =
        new Told(
            new ArrayDeque<>(
                List.of(
                    OptionalDouble.of(1e6),
                    OptionalDouble.of(1e6 + 5),
                    OptionalDouble.of(1e6 + 9))),
            new ArrayDeque<>(List.of(OptionalLong.of(70), OptionalLong.of(60))));
    try (ResourceMeter meter = meter(() -> OptionalDouble.of(3), device)) {
      assertEquals(new Resources(null, 70L, 3.0, 5.0), meter.read());
      assertEquals(new Resources(null, 70L, 3.0, 9.0), meter.read());
    }
  }

  @Test
  void whatIsNotToldIsUnknown() {
    try (ResourceMeter meter = meter(OptionalDouble::empty, null)) {
      assertEquals(Resources.UNKNOWN, meter.read());
    }
    Nvml silent =
        new Told(
            new ArrayDeque<>(List.of(OptionalDouble.empty(), OptionalDouble.of(9))),
            new ArrayDeque<>(List.of(OptionalLong.empty())));
    try (ResourceMeter meter = meter(OptionalDouble::empty, silent)) {
      assertEquals(Resources.UNKNOWN, meter.read(), "the beginning is not known");
    }
  }
}
