package org.medtransformers.learning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplTest {
  @TempDir private Path root;

  private void zone(String folder, String name, long microjoules) throws IOException {
    Path zone = Files.createDirectories(root.resolve(folder));
    Files.writeString(zone.resolve("name"), name + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "1000000\n");
    counter(folder, microjoules);
  }

  private void counter(String folder, long microjoules) throws IOException {
    Files.writeString(root.resolve(folder).resolve("energy_uj"), microjoules + "\n");
  }

  @Test
  void packagesAreAddedUpAndTheirPartsAreNotCountedTwice() throws IOException {
    zone("intel-rapl:0", "package-0", 500);
    zone("intel-rapl:1", "package-1", 0);
    zone("intel-rapl:0:0", "core", 100);
    zone("intel-rapl:2", "psys", 100);
    zone("intel-rapl-mmio:0", "package-0", 100);
    Rapl rapl = Rapl.of(root);
    assertEquals(OptionalDouble.of(0), rapl.joules());
    for (String zone : new String[] {"0:0", "2"}) {
      counter("intel-rapl:" + zone, 900);
    }
    counter("intel-rapl-mmio:0", 900);
    counter("intel-rapl:0", 200_500);
    counter("intel-rapl:1", 50_000);
    assertEquals(OptionalDouble.of(0.25), rapl.joules());
    counter("intel-rapl:1", 60_000);
    assertEquals(OptionalDouble.of(0.26), rapl.joules());
  }

  @Test
  void aCounterThatBeginsAnewGoesOn() throws IOException {
    zone("intel-rapl:0", "package-0", 900_000);
    Rapl rapl = Rapl.of(root);
    counter("intel-rapl:0", 100_000);
    assertEquals(OptionalDouble.of(0.2), rapl.joules());
    counter("intel-rapl:0", 50_000);
    assertEquals(OptionalDouble.of(1.15), rapl.joules());
  }

  @Test
  void whatCannotBeReadIsUnknownAndNotZero() throws IOException {
    assertEquals(OptionalDouble.empty(), Rapl.of(root.resolve("missing")).joules());
    assertEquals(OptionalDouble.empty(), Rapl.of(root).joules());
    zone("intel-rapl:0", "package-0", 0);
    Rapl rapl = Rapl.of(root);
    Path energy = root.resolve("intel-rapl:0/energy_uj");
    Files.delete(energy);
    assertEquals(OptionalDouble.empty(), rapl.joules());
    Files.writeString(energy, "7");
    assertEquals(OptionalDouble.empty(), rapl.joules(), "what went by unseen is missing for ever");
    Files.delete(energy);
    assertEquals(OptionalDouble.empty(), Rapl.of(root).joules(), "as without the right to read it");
  }
}
