package org.medtransformers.learning;

import ai.djl.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.learning.engine.Kernels;

/** Kernels without a network. */
final class TestKernels {
  private TestKernels() {}

  /** With {@code changes} to the constants of a network that is only evaluated. */
  static Kernels load(Map<String, Object> changes) {
    Map<String, Object> constants = new LinkedHashMap<>(TrainingConstants.untrained());
    constants.put("names", "");
    constants.put("residual", false);
    constants.put("binary", false);
    constants.put("drop_path", 0.0);
    constants.putAll(changes);
    return Kernels.load(Device.cpu(), constants);
  }
}
