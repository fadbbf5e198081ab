package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.trainer.config.TrainerConfig;

/** libtorch in this process; loaded with the first job, so that an idle trainer is small. */
@Singleton
public class Torch {
  /** The device that every trainer has. */
  static final String CPU = "cpu";

  private static final Logger LOG = Logger.getLogger(Torch.class);

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

  /**
   * Loads libtorch and chooses the device of {@code run}.
   *
   * @return its name, such as {@code cpu} or {@code cuda:0}
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if a GPU is required and there is
   *     none
   */
  String start(RunConfig run) {
    TorchEngine.unpackInto(artifacts.root().resolve("djl"));
    TorchEngine.start(threads);
    boolean wanted = run.system().useGpu() || run.medtrans().requireGpu();
    String device = TorchEngine.deviceName(wanted);
    if (wanted && device.equals(CPU)) {
      if (run.medtrans().requireGpu()) {
        throw MedtransException.of(
            ErrorCode.INVALID_REQUEST, "medtrans.require_gpu: this trainer has no GPU");
      }
      LOG.warn("system_params.use_GPU is true, but there is no GPU: training on the CPU");
    }
    return device;
  }
}
