package org.medtransformers.learning.engine;

import java.nio.file.Path;

/**
 * The libtorch of this process.
 *
 * @param version such as {@code 2.7.1}
 * @param flavour {@code cu128} if it can use GPUs, else {@code cpu}
 * @param folder where its libraries lie
 * @param threads per operation
 */
public record Libtorch(String version, String flavour, Path folder, int threads) {
  /** Whether it can use GPUs, if there are any. */
  public boolean knowsGpus() {
    return !flavour.equals(TorchFolder.CPU);
  }

  Libtorch with(int otherThreads) {
    return new Libtorch(version, flavour, folder, otherThreads);
  }
}
