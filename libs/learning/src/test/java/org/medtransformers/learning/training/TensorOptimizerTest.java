package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;

/** The fused updates equal PyTorch's in float64, to float32's precision. */
class TensorOptimizerTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /** Sixty steps with every argument that PyTorch's optimizers take. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam_betas_eps",
        "adam_amsgrad",
        "adamw_defaults",
        "adamw_amsgrad",
        "adamw_lr_scale",
        "sgd_plain",
        "sgd_dampening",
        "sgd_nesterov",
        "rmsprop_defaults",
        "rmsprop_momentum",
        "rmsprop_centered",
        "rmsprop_centered_momentum",
        "adagrad_defaults",
        "adagrad_decays",
        "adagrad_initial",
        "lars_sgd",
        "lars_adam",
      })
  void updatesEqualPyTorchs(String name) {
    check(Golden.pyTorch("optimizers/" + name + ".json"));
  }

  private static void check(JsonNode golden) {
    JsonNode config = golden.get("config");
    double atol = golden.get("tolerance").get("atol").asDouble();
    Map<Integer, JsonNode> expected = new HashMap<>();
    golden.get("expected").forEach(e -> expected.put(e.get("step").asInt(), e));
    try (TensorOptimizer optimizer = optimizer(config)) {
      for (int step = 0; step < config.get("steps").asInt(); step++) {
        double norm = optimizer.step(gradients(config, step));
        JsonNode wanted = expected.remove(step + 1);
        if (wanted != null) {
          assertEquals(wanted.get("grad_norm_before_clip").asDouble(), norm, 1e-5);
          assertAll(optimizer, wanted.get("params"), atol, step);
        }
      }
    }
    assertEquals(Map.of(), expected, "not reached");
  }

  private static TensorOptimizer optimizer(JsonNode config) {
    JsonNode params = config.get("optimizer");
    Map<String, Double> lrScales = new HashMap<>();
    config
        .get("lr_scale")
        .properties()
        .forEach(e -> lrScales.put(e.getKey(), e.getValue().asDouble()));
    JsonNode lars = config.get("lars");
    Map<String, Tensor> first = new LinkedHashMap<>();
    config
        .get("params")
        .properties()
        .forEach(
            e -> first.put(e.getKey(), Golden.fill("optim." + e.getKey(), e.getValue(), 2, 0)));
    return new TensorOptimizer(
        Optimizer.of(
            new RunConfig.Optimizer(
                Json.convert(params.get("type"), OptimizerType.class), false, params)),
        Optional.ofNullable(lars)
            .map(l -> new Lars(l.get("trust_coef").doubleValue(), l.get("eps").doubleValue())),
        lrScales,
        config.get("grad_clipping_total_norm").asDouble(),
        first,
        TorchDevice.CPU);
  }

  private static Map<String, Tensor> gradients(JsonNode config, int step) {
    double scale = step % 2 == 0 ? 4 : 0.25;
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    config
        .get("params")
        .properties()
        .forEach(
            e ->
                gradients.put(
                    e.getKey(),
                    Golden.fill(
                        "optim.grad." + e.getKey() + ".step" + step, e.getValue(), scale, 0)));
    for (JsonNode missing : config.get("no_gradient_for_b.weight_in_steps")) {
      if (missing.asInt() == step) {
        gradients.remove("b.weight");
      }
    }
    return gradients;
  }

  private static void assertAll(
      TensorOptimizer optimizer, JsonNode expected, double atol, int step) {
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      double[] wanted = Golden.numbers(entry.getValue());
      float[] found = optimizer.tensor(entry.getKey()).floats();
      for (int i = 0; i < wanted.length; i++) {
        assertEquals(wanted[i], found[i], atol, entry.getKey() + " after step " + step);
      }
    }
  }
}
