package org.medtransformers.learning.training;

import ai.djl.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.KernelConstants;

/** Kernels without a network. */
final class TestKernels {
  private TestKernels() {}

  /** With {@code changes} to the constants of a network that is only evaluated. */
  static Kernels load(Map<String, Object> changes) {
    Map<String, Object> constants = new LinkedHashMap<>(KernelConstants.untrained());
    constants.putAll(KernelConstants.ofNetwork(ModelSpec.resnet(Backbone.RESNET18, 3, 2)));
    constants.putAll(changes);
    return Kernels.load(Device.cpu(), constants);
  }
}
