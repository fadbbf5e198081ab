package org.medtransformers.eval.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Keys of this service alone. */
@ConfigMapping(prefix = "medtrans.eval")
public interface EvalConfig {
  /** Threads per libtorch operation; as many as there are processors if absent. */
  OptionalInt threads();

  /** Images that models are asked about. */
  Predictions predictions();

  /** Images that models are asked about. */
  interface Predictions {
    /** Largest file of an image. */
    @WithDefault("64M")
    MemorySize maxImageBytes();

    /** How long a request waits for those before it. */
    @WithDefault("30S")
    Duration patience();
  }

  /** Models that are being exported at once; each is in memory until its reader has it. */
  @WithDefault("2")
  int maxExports();
}
