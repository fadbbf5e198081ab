package org.medtransformers.learning.optimizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Reads PyTorch's arguments; PyTorch's default stands for what is not given. */
record OptimizerArguments(JsonNode params) {
  private static final Set<String> UNSUPPORTED = Set.of("maximize", "differentiable");

  OptimizerArguments {
    for (String name : UNSUPPORTED) {
      if (params.path(name).asBoolean(false)) {
        throw MedtransException.of(
            ErrorCode.NOT_BUILT_YET, "optimizer.params." + name + ": true is not built yet");
      }
    }
  }

  Optimizer adam() {
    return new Optimizer.Adam(
        lr(1e-3), beta(0, 0.9), beta(1, 0.999), eps(1e-8), weightDecay(0), flag("amsgrad"));
  }

  Optimizer adamW() {
    return new Optimizer.AdamW(
        lr(1e-3), beta(0, 0.9), beta(1, 0.999), eps(1e-8), weightDecay(0.01), flag("amsgrad"));
  }

  Optimizer sgd() {
    return new Optimizer.Sgd(
        lr(1e-3), number("momentum", 0), number("dampening", 0), weightDecay(0), flag("nesterov"));
  }

  Optimizer rmsProp() {
    return new Optimizer.RmsProp(
        lr(1e-2),
        number("alpha", 0.99),
        eps(1e-8),
        weightDecay(0),
        number("momentum", 0),
        flag("centered"));
  }

  Optimizer adagrad() {
    return new Optimizer.Adagrad(
        lr(1e-2),
        number("lr_decay", 0),
        weightDecay(0),
        number("initial_accumulator_value", 0),
        eps(1e-10));
  }

  private double lr(double byDefault) {
    return number("lr", byDefault);
  }

  private double eps(double byDefault) {
    return number("eps", byDefault);
  }

  private double weightDecay(double byDefault) {
    return number("weight_decay", byDefault);
  }

  private double beta(int index, double byDefault) {
    return params.path("betas").path(index).asDouble(byDefault);
  }

  private double number(String name, double byDefault) {
    return params.path(name).asDouble(byDefault);
  }

  private boolean flag(String name) {
    return params.path(name).asBoolean(false);
  }
}
