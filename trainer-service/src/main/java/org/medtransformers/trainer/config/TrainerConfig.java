package org.medtransformers.trainer.config;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** Keys of this service alone. */
@ConfigMapping(prefix = "medtrans.trainer")
public interface TrainerConfig {
  /** Threads per libtorch operation; as many as there are processors if absent. */
  OptionalInt threads();
}
