package org.medtransformers.golden.learning;

import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;

/**
 * With what cases are computed.
 *
 * @param threads of libtorch, per operation
 * @param device {@code cpu}, or {@code cuda:} and a GPU's number
 */
public record Compute(int threads, String device) {
  /** On the processor. */
  public static Compute onCpu(int threads) {
    return new Compute(threads, TorchDevice.CPU.name());
  }

  /**
   * Starts libtorch, if it was not.
   *
   * @throws org.medtransformers.contracts.error.MedtransException if there is no such device
   */
  public TorchDevice start() {
    TorchEngine.start(threads);
    return TorchDevice.named(device);
  }
}
