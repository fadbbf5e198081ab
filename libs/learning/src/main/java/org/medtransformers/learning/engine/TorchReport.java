package org.medtransformers.learning.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** With what a process computes. */
public record TorchReport(Libtorch libtorch, Gpus gpus) {
  private static final double GIB = 1 << 30;

  /** For people, a line for libtorch and one for each GPU, or why there is none. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "libtorch %s, %s, of %s"
            .formatted(libtorch.version(), libtorch.flavour(), libtorch.folder()));
    for (int number = 0; number < gpus.devices().size(); number++) {
      Gpus.Gpu gpu = gpus.devices().get(number);
      lines.add(
          String.format(
              Locale.ROOT,
              "cuda:%d: %s, %.1f GiB, compute capability %s, driver for CUDA %s",
              number,
              gpu.name(),
              gpu.memory() / GIB,
              gpu.computeCapability(),
              gpus.cuda()));
    }
    if (gpus.problem() != null) {
      lines.add((gpus.devices().isEmpty() ? "no GPU: " : "beware: ") + gpus.problem());
    }
    return lines;
  }
}
