package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.training.TensorOptimizer;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Group {@code optimizers}: updates of a few tensors by given gradients. */
record OptimizerCases(Compute compute) implements CaseRunner {
  private static final Set<String> KEYS = Set.of("config", "tolerance", "expected");
  private static final double FIRST_SCALE = 2;
  private static final double EVEN_STEP_SCALE = 4;
  private static final double ODD_STEP_SCALE = 0.25;

  @Override
  public String group() {
    return "optimizers";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  /** The optimizer that {@code {"type", ...}} describes, with PyTorch's arguments. */
  static Optimizer optimizer(JsonNode node) {
    return Optimizer.of(
        new RunConfig.Optimizer(
            Choices.read(node.path("type"), "optimizer.type", OptimizerType.class), false, node));
  }

  private void check(JsonNode golden, Comparison comparison) {
    TorchDevice device = compute.start();
    JsonNode config = golden.path("config");
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    config
        .path("params")
        .properties()
        .forEach(p -> shapes.put(p.getKey(), Fill.shape(p.getValue(), "params." + p.getKey())));
    String prefix = config.path("name_prefix").asText("") + "optim.";
    Map<String, Tensor> first = new LinkedHashMap<>();
    shapes.forEach((name, s) -> first.put(name, Fill.tensor(prefix + name, s, FIRST_SCALE, 0)));
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    double clip = Numbers.one(config.path("grad_clipping_total_norm"), "grad_clipping_total_norm");
    JsonNode expected = golden.path("expected");
    comparison.equal("number of steps", config.path("steps").asInt(), expected.size());
    try (TensorOptimizer tensors =
        new TensorOptimizer(
            optimizer(config.path("optimizer")), Optional.empty(), Map.of(), clip, first, device)) {
      for (int step = 0; step < expected.size(); step++) {
        double norm = tensors.step(gradients(config, shapes, prefix, step));
        Section after = comparison.section("expected[" + step + "]", expected.get(step));
        after.compare("grad_norm_before_clip", norm, tolerance);
        Section values = after.section("params");
        for (String name : first.keySet()) {
          values.compare(name, Numbers.doubles(tensors.tensor(name).floats()), tolerance);
        }
      }
    }
  }

  private static Map<String, Tensor> gradients(
      JsonNode config, Map<String, List<Long>> shapes, String prefix, int step) {
    List<String> names = new ArrayList<>(shapes.keySet());
    names.removeIf(name -> isWithoutGradient(config, name, step));
    double scale = step % 2 == 0 ? EVEN_STEP_SCALE : ODD_STEP_SCALE;
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (String name : names) {
      String fill = prefix + "grad." + name + ".step" + step;
      gradients.put(name, Fill.tensor(fill, shapes.get(name), scale, 0));
    }
    return gradients;
  }

  private static boolean isWithoutGradient(JsonNode config, String name, int step) {
    for (JsonNode missing : config.path("no_gradient_for_" + name + "_in_steps")) {
      if (missing.asInt() == step) {
        return true;
      }
    }
    return false;
  }
}
