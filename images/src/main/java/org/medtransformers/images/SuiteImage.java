package org.medtransformers.images;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** What an image is made of. */
enum SuiteImage {
  GATEWAY("gateway", "gateway", OptionalInt.of(8080), false, 70),
  DATA_SERVICE("data-service", "data-service", OptionalInt.of(8081), false, 70),
  // libtorch's memory lies outside the heap.
  TRAINER_SERVICE("trainer-service", "trainer-service", OptionalInt.of(8082), true, 25),
  EVAL_SERVICE("eval-service", "eval-service", OptionalInt.of(8083), true, 25),
  CLI("medtransformers-cli", "cli", OptionalInt.empty(), true, 25);

  private final String imageName;
  private final String module;
  private final OptionalInt port;
  private final boolean torch;
  private final int heapPercentage;

  SuiteImage(String imageName, String module, OptionalInt port, boolean torch, int heapPercentage) {
    this.imageName = imageName;
    this.module = module;
    this.port = port;
    this.torch = torch;
    this.heapPercentage = heapPercentage;
  }

  String imageName() {
    return imageName;
  }

  /** The port of a service; the command has none. */
  OptionalInt port() {
    return port;
  }

  /** Whether libtorch is needed. */
  boolean torch() {
    return torch;
  }

  /** Java's share of the container's memory, and how it takes the end of it. */
  List<String> javaOptions() {
    return List.of(
        "-XX:MaxRAMPercentage=" + heapPercentage,
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true");
  }

  /** Whether there is a use for it on a GPU. */
  boolean onGpu() {
    return torch && port.isPresent();
  }

  /** Where Maven has put what is packaged. */
  Path target(Path root) {
    return root.resolve(module).resolve("target");
  }
}
