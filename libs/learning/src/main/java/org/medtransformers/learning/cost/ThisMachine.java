package org.medtransformers.learning.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.learning.engine.Gpus.Gpu;
import org.medtransformers.learning.engine.TorchDevice;

/** What kind of machine this is. */
public final class ThisMachine {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB");
  private static final double KIB_PER_GIB = 1 << 20;
  private static final double GIB = 1 << 30;

  private ThisMachine() {}

  /**
   * As it computes on {@code device}.
   *
   * @param threads that libtorch was started with
   */
  public static Machine of(TorchDevice device, int threads) {
    return of(PROC, device.gpu(), threads);
  }

  static Machine of(Path proc, Optional<Gpu> gpu, int threads) {
    return new Machine(
        found(proc.resolve("cpuinfo"), MODEL)
            .map(name -> name.strip().replaceAll("\\s+", " "))
            .orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        threads,
        found(proc.resolve("meminfo"), MEMORY)
            .map(kib -> Math.round(Long.parseLong(kib) / KIB_PER_GIB))
            .orElse(null),
        gpu.map(Gpu::name).orElse(null),
        gpu.map(g -> Math.round(g.memory() / GIB)).orElse(null));
  }

  private static Optional<String> found(Path file, Pattern line) {
    try {
      Matcher matcher = line.matcher(Files.readString(file));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
