package org.medtransformers.learning.optimizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Reads PyTorch's arguments. */
record OptimizerArguments(JsonNode params) {
  private static final Set<String> UNSUPPORTED = Set.of("amsgrad", "maximize", "differentiable");

  OptimizerArguments {
    for (String name : UNSUPPORTED) {
      if (params.path(name).asBoolean(false)) {
        throw MedtransException.of(
            ErrorCode.NOT_BUILT_YET, "optimizer.params." + name + ": true is not built yet");
      }
    }
  }

  double lr() {
    return number("lr", 1e-3);
  }

  double eps() {
    return number("eps", 1e-8);
  }

  double weightDecay(double byDefault) {
    return number("weight_decay", byDefault);
  }

  double beta(int index, double byDefault) {
    return params.path("betas").path(index).asDouble(byDefault);
  }

  double number(String name, double byDefault) {
    return params.path(name).asDouble(byDefault);
  }

  boolean flag(String name) {
    return params.path(name).asBoolean(false);
  }
}
