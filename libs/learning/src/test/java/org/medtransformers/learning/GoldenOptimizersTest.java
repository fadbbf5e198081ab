package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.optimizer.Optimizer;

/** The fused updates equal PyTorch's in float64, to float32's precision. */
class GoldenOptimizersTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adam_no_clip", "adamw", "sgd_momentum"})
  void updatesEqualPyTorchs(String name) {
    JsonNode golden = Golden.read("optimizers/" + name + ".json");
    JsonNode config = golden.get("config");
    double atol = golden.get("tolerance").get("atol").asDouble();
    List<String> all = new ArrayList<>();
    config.get("params").fieldNames().forEachRemaining(all::add);
    try (Run everything = new Run(config, all)) {
      for (int step = 0; step < config.get("steps").asInt(); step++) {
        JsonNode expected = golden.get("expected").get(step);
        double norm = everything.step(step, withGradient(config, all, step));
        assertEquals(expected.get("grad_norm_before_clip").asDouble(), norm, 1e-5);
        for (String parameter : all) {
          double[] wanted = Golden.numbers(expected.get("params").get(parameter));
          float[] found = everything.parameters.get(parameter).toFloatArray();
          for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], found[i], atol, parameter + " after step " + step);
          }
        }
      }
    }
  }

  private static List<String> withGradient(JsonNode config, List<String> all, int step) {
    List<String> names = new ArrayList<>(all);
    for (JsonNode missing : config.get("no_gradient_for_b.weight_in_steps")) {
      if (missing.asInt() == step) {
        names.remove("b.weight");
      }
    }
    return names;
  }

  /** Parameters with their optimizer state. */
  private static final class Run implements AutoCloseable {
    private final JsonNode config;
    private final Optimizer optimizer;
    private final Kernels owner;
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final Map<String, NDArray> slots = new HashMap<>();

    Run(JsonNode config, List<String> names) {
      this.config = config;
      JsonNode params = config.get("optimizer");
      this.optimizer =
          Optimizer.of(new RunConfig.Optimizer(params.get("type").asText(), false, params));
      this.owner = kernels(names);
      for (String name : names) {
        NDArray parameter = array(fill("optim." + name, name, 2), "state[]");
        parameters.put(name, parameter);
        for (String slot : optimizer.slots(false)) {
          Shape shape = slot.equals("step") ? new Shape() : parameter.getShape();
          NDArray zeros = owner.manager().zeros(shape);
          zeros.setName("slots[]");
          slots.put(slot + name, zeros);
        }
      }
    }

    double step(int step, List<String> names) {
      try (Kernels kernels = kernels(names)) {
        NDList arguments = new NDList();
        arguments.add(
            kernels
                .manager()
                .create(new double[] {optimizer.lr(), optimizer.momentum()}, new Shape(2)));
        double scale = step % 2 == 0 ? 4 : 0.25;
        names.forEach(
            n ->
                arguments.add(
                    array(fill("optim.grad." + n + ".step" + step, n, scale), "gradients[]")));
        names.forEach(n -> arguments.add(parameters.get(n)));
        optimizer.slots(false).forEach(s -> names.forEach(n -> arguments.add(slots.get(s + n))));
        try (NDList norm = kernels.train("update", arguments)) {
          return norm.get(0).getFloat();
        }
      }
    }

    private Kernels kernels(List<String> names) {
      Map<String, Object> constants = Learner.constants(optimizer);
      constants.put("names", String.join("\n", names));
      constants.put("trainable", String.join("\n", names));
      constants.put("clip", config.get("grad_clipping_total_norm").asDouble());
      constants.put("frozen", false);
      constants.put("residual", false);
      constants.put("binary", false);
      constants.put("drop_path", 0.0);
      return Kernels.load(Device.cpu(), constants);
    }

    private Tensor fill(String fill, String parameter, double scale) {
      return Golden.fill(fill, config.get("params").get(parameter), scale, 0);
    }

    private NDArray array(Tensor tensor, String name) {
      NDArray array = NDArrays.of(owner.manager(), tensor);
      array.setName(name);
      return array;
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
