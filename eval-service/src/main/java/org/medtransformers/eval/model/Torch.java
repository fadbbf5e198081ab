package org.medtransformers.eval.model;

import jakarta.inject.Singleton;
import org.medtransformers.eval.config.EvalConfig;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.service.path.Artifacts;

/** libtorch in this process. */
@Singleton
public class Torch {
  private final Artifacts artifacts;
  private final int threads;

  Torch(Artifacts artifacts, EvalConfig config) {
    this.artifacts = artifacts;
    this.threads = config.threads().orElseGet(Runtime.getRuntime()::availableProcessors);
  }

  /** Threads per operation. */
  public int threads() {
    return threads;
  }

  /** Loads libtorch; nothing where it is. */
  public void load() {
    TorchEngine.unpackInto(artifacts.root().resolve("djl"));
    TorchEngine.start(threads);
  }
}
