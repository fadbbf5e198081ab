package org.medtransformers.learning.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The GPUs that this process can use.
 *
 * @param cuda the newest CUDA that the driver knows, such as {@code 12.8}; null without a driver
 * @param devices in the order of their numbers
 * @param problem why there are none, or what will fail; null if nothing
 */
public record Gpus(String cuda, List<Gpu> devices, String problem) {
  /** What this libtorch's CUDA needs, see NVIDIA's table of minor version compatibility. */
  private static final int OLDEST_CUDA = 12_000;

  private static final int NO_DEVICE = 100;

  /** Turing: the oldest that PyTorch 2.7's build for CUDA 12.8 has machine code for. */
  private static final int OLDEST_CAPABILITY = 75;

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /**
   * One of them.
   *
   * @param memory in bytes
   * @param computeCapability such as {@code 8.0}
   */
  public record Gpu(String name, long memory, String computeCapability) {}

  public Gpus {
    devices = List.copyOf(devices);
  }

  /**
   * What there is.
   *
   * @param driver of the machine, throws {@link CudaDriver.CudaException}
   * @param visible value of {@code CUDA_VISIBLE_DEVICES}, or null
   */
  static Gpus of(Libtorch libtorch, Supplier<Optional<CudaDriver>> driver, String visible) {
    try {
      Optional<CudaDriver> found = driver.get();
      if (found.isEmpty()) {
        return none(null, "no NVIDIA driver: libcuda.so.1 is not found; does nvidia-smi work?");
      }
      return of(libtorch, found.get(), visible);
    } catch (CudaDriver.CudaException e) {
      return none(null, started(e, visible));
    }
  }

  private static Gpus of(Libtorch libtorch, CudaDriver driver, String visible) {
    String cuda = driver.version() / 1000 + "." + driver.version() % 1000 / 10;
    List<Gpu> devices =
        IntStream.range(0, driver.devices()).mapToObj(number -> gpu(driver, number)).toList();
    if (!libtorch.knowsGpus()) {
      return none(
          cuda,
          "libtorch is of flavour cpu; %s=cu128 or the folder of one for CUDA uses %s"
              .formatted(
                  TorchBuild.VARIABLE,
                  devices.isEmpty() ? "GPUs" : "the " + devices.get(0).name()));
    }
    if (devices.isEmpty()) {
      return none(cuda, "the driver shows no device" + hidden(visible));
    }
    if (driver.version() < OLDEST_CUDA) {
      return none(cuda, "the driver knows CUDA " + cuda + " only, needed is 12.0 or newer");
    }
    Optional<Gpu> old =
        IntStream.range(0, devices.size())
            .filter(number -> driver.computeCapability(number) < OLDEST_CAPABILITY)
            .mapToObj(devices::get)
            .findFirst();
    return new Gpus(
        cuda,
        devices,
        old.map(
                gpu ->
                    "%s has compute capability %s; libtorch for CUDA 12.8 is made for 7.5 and newer"
                        .formatted(gpu.name(), gpu.computeCapability()))
            .orElse(null));
  }

  private static Gpu gpu(CudaDriver driver, int number) {
    int capability = driver.computeCapability(number);
    return new Gpu(
        driver.name(number), driver.memory(number), capability / 10 + "." + capability % 10);
  }

  private static String started(CudaDriver.CudaException e, String visible) {
    return e.code() == NO_DEVICE
        ? "the driver finds no device" + hidden(visible)
        : "the driver does not start: %s; does nvidia-smi work?".formatted(e.getMessage());
  }

  private static String hidden(String visible) {
    return visible == null ? "" : ": %s is '%s'".formatted(VISIBLE, visible);
  }

  private static Gpus none(String cuda, String problem) {
    return new Gpus(cuda, List.of(), problem);
  }
}
