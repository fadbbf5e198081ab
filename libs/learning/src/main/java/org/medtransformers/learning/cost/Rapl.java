package org.medtransformers.learning.cost;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The energy of the processor's packages, as Linux tells it of Intel's and AMD's processors
 * (running average power limit). As a rule only root may read it. Memory outside the package is not
 * in it.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/power/powercap/powercap.html">Power Capping
 *     Framework</a>
 */
final class Rapl implements EnergyCounter {
  static final Path ROOT = Path.of("/sys/class/powercap");

  private static final double MICROJOULES = 1e6;

  private final List<Domain> packages;
  private long microjoules;
  private boolean readable;

  private Rapl(List<Domain> packages) {
    this.packages = packages;
    this.readable = !packages.isEmpty();
  }

  /**
   * The counter of this machine, from now on.
   *
   * @param root as {@link #ROOT}; it need not be there
   */
  static Rapl of(Path root) {
    List<Domain> packages = new ArrayList<>();
    // Parts of a package are called intel-rapl:0:1, and what intel-rapl-mmio tells is told twice.
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(root, "intel-rapl:*")) {
      for (Path zone : zones) {
        if (zone.getFileName().toString().matches("intel-rapl:\\d+")
            && text(zone, "name").startsWith("package")) {
          packages.add(new Domain(zone));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return new Rapl(List.of());
    }
    return new Rapl(packages);
  }

  @Override
  public synchronized OptionalDouble joules() {
    try {
      for (Domain domain : readable ? packages : List.<Domain>of()) {
        microjoules += domain.sinceLast();
      }
    } catch (IOException | NumberFormatException e) {
      // What went by unseen is unknown, and a part would look like the whole.
      readable = false;
    }
    return readable ? OptionalDouble.of(microjoules / MICROJOULES) : OptionalDouble.empty();
  }

  private static String text(Path zone, String file) throws IOException {
    return Files.readString(zone.resolve(file)).strip();
  }

  private static long number(Path zone, String file) throws IOException {
    return Long.parseLong(text(zone, file));
  }

  /** One package: a counter that begins anew after {@code range}. */
  private static final class Domain {
    private final Path zone;
    private final long range;
    private long last;

    Domain(Path zone) throws IOException {
      this.zone = zone;
      this.range = number(zone, "max_energy_range_uj");
      this.last = number(zone, "energy_uj");
    }

    long sinceLast() throws IOException {
      long now = number(zone, "energy_uj");
      long passed = now >= last ? now - last : now - last + range;
      last = now;
      return passed;
    }
  }
}
