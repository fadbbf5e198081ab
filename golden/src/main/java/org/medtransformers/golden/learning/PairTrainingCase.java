package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.method.Byol;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.SimSiam;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** A few steps of a method that learns from pairs of views: BYOL or SimSiam. */
final class PairTrainingCase {
  private static final String BATCH_NORM = "backbone.bn1.";

  private final TrainingCase training;

  PairTrainingCase(JsonNode golden, boolean exact, TorchDevice device) {
    this.training = new TrainingCase(golden, exact, device);
  }

  void check(Section expected) {
    Method method = method();
    Series settings = new Series();
    Series perStep = new Series();
    int layers = Numbers.whole(training.config("proj_layers"), "config.proj_layers", 2, 3);
    Head head =
        new Head.Projector(
            HeadCase.widths(layers, training.whole("proj_hidden"), training.whole("proj")),
            training.whole("pred_hidden"));
    try (Learner learner = training.learner(method, head, training.number("grad_clipping"), 1)) {
      for (int step = 0; step < training.whole("n_steps"); step++) {
        settings.add("ema_momentum_used", training.hyper(method, step).teacherMomentum());
        StepResult result = learner.trainStep(Batch.unlabelled(views(step)));
        perStep.add("loss", result.loss());
        perStep.add("grad_norm", result.gradientNorm());
        observe(learner, perStep);
      }
      if (expected.has("after")) {
        checkAfter(learner, expected.section("after"));
      }
    }
    settings.check(expected);
    if (expected.has("per_step")) {
      perStep.check(expected.section("per_step"));
    }
  }

  private void observe(Learner learner, Series perStep) {
    double[] online = training.parameters(learner.student());
    perStep.add("online_param", online);
    learner
        .teacher()
        .map(training::parameters)
        .ifPresent(
            target -> {
              perStep.add("target_param", target);
              perStep.add("online_minus_target", TrainingCase.difference(online, target));
            });
  }

  private static void checkAfter(Learner learner, Section expected) {
    checkStatistics(learner.student(), "online_bn1_", expected);
    learner.teacher().ifPresent(target -> checkStatistics(target, "target_bn1_", expected));
  }

  private static void checkStatistics(Network network, String prefix, Section expected) {
    Map<String, Tensor> state = network.state();
    Series statistics = new Series();
    for (String statistic : new String[] {"running_mean", "running_var"}) {
      statistics.add(prefix + statistic, state.get(BATCH_NORM + statistic).doubles());
    }
    statistics.check(expected);
    String counter = prefix + "num_batches_tracked";
    if (expected.has(counter)) {
      long batches = state.get(BATCH_NORM + "num_batches_tracked").longs()[0];
      expected.compare(counter, (double) batches, Tolerance.EXACT);
    }
  }

  private List<Tensor> views(int step) {
    int side = training.whole("hw");
    return List.of(
        training.view("step" + step + ".view1", side),
        training.view("step" + step + ".view2", side));
  }

  private Method method() {
    String method = training.config("method").asText();
    return switch (method) {
      case "byol" ->
          new Byol(
              new CosineRamp(training.number("ema_momentum"), 1, training.whole("momentum_iters")));
      case "simsiam" -> new SimSiam(OptionalDouble.empty());
      default ->
          throw MedtransException.of(
              ErrorCode.INVALID_REQUEST,
              "config.method: found %s, allowed are byol, simsiam".formatted(method));
    };
  }
}
