package org.medtransformers.golden.learning;

import java.util.Set;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.training.Gradients;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;

/**
 * Group {@code models}: networks filled by rule give PyTorch's logits, embeddings, attention,
 * losses, gradients and updates.
 */
record ModelCases(Compute compute) implements CaseRunner {
  private static final Set<String> KEYS =
      Set.of("config", "state_columns", "state", "fill_state_before_stem_adaptation", "expected");

  @Override
  public String group() {
    return "models";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(
        golden,
        comparison -> check(new ModelCase(golden.read(KEYS), false), comparison),
        comparison -> check(new ModelCase(golden.read(KEYS), true), comparison));
  }

  private void check(ModelCase model, Comparison comparison) {
    TorchDevice device = compute.start();
    Section expected = comparison.section("expected", model.expected());
    try (Learner learner = model.learner(device)) {
      Network network = learner.network();
      for (String key : expected.keys()) {
        switch (key) {
          case "adapted_stem" -> checkStem(model, expected.section(key), comparison);
          case "eval" -> checkEvaluation(network.evaluate(model.input()), expected.section(key));
          case "last_block_cls_attention" ->
              checkAttention(
                  network.classAttention(model.input()), expected.section(key), comparison);
          case "position_embedding" -> checkPositions(network, expected.section(key), comparison);
          default -> {}
        }
      }
      if (expected.has("train")) {
        checkGradients(learner.gradients(model.trainBatch()), expected.section("train"));
      }
    }
    if (expected.has("steps") || expected.has("after")) {
      checkTraining(model, device, expected);
    }
  }

  private static void checkStem(ModelCase model, Section expected, Comparison comparison) {
    Tensor stem = model.stem();
    TensorSummary.checkShape(stem, expected, comparison);
    TensorSummary.check(stem.doubles(), "", expected);
  }

  private static void checkEvaluation(Network.Outputs out, Section expected) {
    expected.keys().stream()
        .filter(key -> key.equals("logits"))
        .forEach(key -> expected.compare(key, out.logits().doubles()));
    TensorSummary.checkRows(out.embedding(), "embedding_", expected);
  }

  private static void checkAttention(Tensor found, Section expected, Comparison comparison) {
    TensorSummary.checkShape(found, expected, comparison);
    expected.compare("values", found.doubles());
  }

  private static void checkPositions(Network network, Section expected, Comparison comparison) {
    long[] shape = Numbers.integers(expected.take("shape"), expected.path("shape"));
    Tensor found = network.positionEmbedding((int) Math.round(Math.sqrt(shape[1] - 1.0)));
    TensorSummary.checkShape(found, expected, comparison);
    int rows = found.shape().get(1).intValue();
    Tensor flat = Tensor.ofDoubles(found.doubles(), rows, found.shape().get(2));
    if (expected.has("l2_per_row")) {
      expected.compare("l2_per_row", TensorSummary.l2PerRow(flat));
    }
    TensorSummary.check(TensorSummary.row(flat, rows - 1), "last_row_", expected);
    for (int row = 0; row < rows; row++) {
      TensorSummary.check(TensorSummary.row(flat, row), "row" + row + "_", expected);
    }
  }

  private static void checkGradients(Gradients found, Section expected) {
    for (String key : expected.keys()) {
      if (key.equals("loss")) {
        expected.compare(key, found.loss());
      } else if (key.equals("logits")) {
        expected.compare(key, found.logits().doubles());
      } else if (key.equals("grad_l2")) {
        expected.compare(
            key,
            found.byName().values().stream()
                .mapToDouble(g -> TensorSummary.l2(g.doubles()))
                .toArray());
      } else if (TensorSummary.isFirst(key, "grad_")) {
        TensorSummary.checkFirst(found.byName(), key, expected);
      }
    }
  }

  private static void checkTraining(ModelCase model, TorchDevice device, Section expected) {
    int steps = model.steps();
    double[] losses = new double[steps];
    double[] norms = new double[steps];
    try (Learner learner = model.learner(device)) {
      for (int i = 0; i < steps; i++) {
        StepResult result = learner.trainStep(model.trainBatch());
        losses[i] = result.loss();
        norms[i] = result.gradientNorm();
      }
      if (expected.has("steps")) {
        checkSteps(losses, norms, expected.section("steps"));
      }
      if (expected.has("after")) {
        StateCheck.check(model, learner.network(), expected.section("after"));
      }
    }
  }

  private static void checkSteps(double[] losses, double[] norms, Section expected) {
    for (String key : expected.keys()) {
      if (key.equals("loss")) {
        expected.compare(key, losses);
      } else if (key.equals("grad_norm")) {
        expected.compare(key, norms);
      }
    }
  }
}
