package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.Kernels;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;

/** The fused updates equal PyTorch's in float64, to float32's precision. */
class GoldenOptimizersTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adam_no_clip", "adamw", "sgd_momentum"})
  void updatesEqualTheGoldenOnes(String name) {
    check(Golden.read("optimizers/" + name + ".json"));
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
    List<String> all = new ArrayList<>();
    config.get("params").fieldNames().forEachRemaining(all::add);
    Map<Integer, JsonNode> expected = new HashMap<>();
    golden.get("expected").forEach(e -> expected.put(e.path("step").asInt(expected.size() + 1), e));
    try (Run everything = new Run(config, all)) {
      for (int step = 0; step < config.get("steps").asInt(); step++) {
        double norm = everything.step(step, withGradient(config, all, step));
        JsonNode wanted = expected.remove(step + 1);
        if (wanted != null) {
          assertEquals(wanted.get("grad_norm_before_clip").asDouble(), norm, 1e-5);
          everything.assertEqual(wanted.get("params"), atol, step);
        }
      }
    }
    assertEquals(Map.of(), expected, "not reached");
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
    private final Map<List<String>, Kernels> loaded = new HashMap<>();
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final Map<String, NDArray> slots = new HashMap<>();

    Run(JsonNode config, List<String> names) {
      this.config = config;
      JsonNode params = config.get("optimizer");
      this.optimizer =
          Optimizer.of(new RunConfig.Optimizer(params.get("type").asText(), false, params));
      this.owner = kernels(names);
      loaded.put(names, owner);
      for (String name : names) {
        NDArray parameter = array(fill("optim." + name, name, 2), "state[]");
        parameters.put(name, parameter);
        for (String slot : optimizer.slots(false)) {
          Shape shape = slot.equals("step") ? new Shape() : parameter.getShape();
          NDArray initial = owner.manager().full(shape, (float) optimizer.initialValue(slot));
          initial.setName("slots[]");
          slots.put(slot + name, initial);
        }
      }
    }

    void assertEqual(JsonNode expected, double atol, int step) {
      parameters.forEach(
          (name, parameter) -> {
            double[] wanted = Golden.numbers(expected.get(name));
            float[] found = parameter.toFloatArray();
            for (int i = 0; i < wanted.length; i++) {
              assertEquals(wanted[i], found[i], atol, name + " after step " + step);
            }
          });
    }

    double step(int step, List<String> names) {
      Kernels kernels = loaded.computeIfAbsent(names, this::kernels);
      NDList arguments = new NDList();
      arguments.add(
          kernels
              .manager()
              .create(new double[] {optimizer.lr(), optimizer.momentum(), 1}, new Shape(3)));
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

    private Kernels kernels(List<String> names) {
      Map<String, Object> constants =
          TrainingConstants.ofUpdate(
              optimizer, lars(), groups(names), config.get("grad_clipping_total_norm").asDouble());
      constants.put("names", String.join("\n", names));
      constants.put("trainable", String.join("\n", names));
      return TestKernels.load(constants);
    }

    private Optional<Lars> lars() {
      JsonNode lars = config.get("lars");
      return lars == null
          ? Optional.empty()
          : Optional.of(
              new Lars(lars.get("trust_coef").doubleValue(), lars.get("eps").doubleValue()));
    }

    private List<ParameterGroup> groups(List<String> names) {
      List<ParameterGroup> groups = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        boolean decays = config.get("params").get(name).size() > 1 && !name.endsWith(".bias");
        double lrScale = config.path("lr_scale").path(name).asDouble(1);
        groups.add(new ParameterGroup(List.of(i), lrScale, decays ? optimizer.weightDecay() : 0));
      }
      return groups;
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
      loaded.values().forEach(Kernels::close);
    }
  }
}
