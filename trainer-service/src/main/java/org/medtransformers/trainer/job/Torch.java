package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.trainer.config.TrainerConfig;

/** libtorch in this process. */
@Singleton
public class Torch {
  private final Artifacts artifacts;
  private final int threads;

  Torch(Artifacts artifacts, TrainerConfig config) {
    this.artifacts = artifacts;
    this.threads = config.threads().orElseGet(Runtime.getRuntime()::availableProcessors);
  }

  /** Threads per operation. */
  int threads() {
    return threads;
  }

  /** Loads libtorch; nothing where it is. */
  void load() {
    TorchEngine.unpackInto(artifacts.root().resolve("djl"));
    TorchEngine.start(threads);
  }

  /** Loads libtorch and chooses the device of {@code run}, see {@link TorchDevice#of}. */
  TorchDevice start(RunConfig run) {
    load();
    return TorchDevice.of(run);
  }
}
