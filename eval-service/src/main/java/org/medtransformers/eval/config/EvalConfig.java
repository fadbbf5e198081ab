package org.medtransformers.eval.config;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** Keys of this service alone. */
@ConfigMapping(prefix = "medtrans.eval")
public interface EvalConfig {
  /** Threads per libtorch operation; as many as there are processors if absent. */
  OptionalInt threads();
}
