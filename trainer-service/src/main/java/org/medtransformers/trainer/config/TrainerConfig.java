package org.medtransformers.trainer.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys of this service alone. */
@ConfigMapping(prefix = "medtrans.trainer")
public interface TrainerConfig {
  /** Threads per libtorch operation; as many as there are processors if absent. */
  OptionalInt threads();

  /**
   * A folder that is searched for published weight files, by their names, before the network is.
   */
  Optional<Path> weightsDir();
}
