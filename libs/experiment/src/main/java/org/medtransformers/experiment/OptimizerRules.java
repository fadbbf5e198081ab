package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.above;
import static org.medtransformers.experiment.Rules.bool;
import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.number;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.whole;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.SchedulerType;

/** Optimizers and learning-rate schedulers with PyTorch's arguments and defaults. */
final class OptimizerRules {
  private static final double MAX = Double.MAX_VALUE;
  private static final int MANY = 1_000_000;

  private OptimizerRules() {}

  static Rule optimizer() {
    ObjectRule outline =
        object()
            .optional("type", oneOf(OptimizerType.class), OptimizerType.ADAM)
            .aliased("autoscale_lr", "autoscale_rl", bool(), false)
            .build();
    return new OptimizerRule(
        outline,
        Arrays.stream(OptimizerType.values())
            .collect(Collectors.toMap(OptimizerType::label, OptimizerRules::params)));
  }

  private static ObjectRule params(OptimizerType type) {
    return switch (type) {
      case ADAM -> adam(0);
      case ADAM_W -> adam(0.01);
      case SGD -> sgd();
      case RMS_PROP -> rmsProp();
      case ADAGRAD -> adagrad();
    };
  }

  private static Rules.Builder common(double learningRate, double weightDecay) {
    return object()
        .optional("lr", above(0), learningRate)
        .optional("weight_decay", number(0, MAX), weightDecay);
  }

  private static ObjectRule adam(double weightDecay) {
    return common(1e-3, weightDecay)
        .optional("betas", list(number(0, 0.999999999), 2, 2), List.of(0.9, 0.999))
        .optional("eps", number(0, MAX), 1e-8)
        .optional("amsgrad", bool(), false)
        .build();
  }

  private static ObjectRule sgd() {
    return common(1e-3, 0)
        .optional("momentum", number(0, MAX), 0)
        .optional("dampening", number(0, MAX), 0)
        .optional("nesterov", bool(), false)
        .build();
  }

  private static ObjectRule rmsProp() {
    return common(1e-2, 0)
        .optional("alpha", p(), 0.99)
        .optional("eps", number(0, MAX), 1e-8)
        .optional("momentum", number(0, MAX), 0)
        .optional("centered", bool(), false)
        .build();
  }

  private static ObjectRule adagrad() {
    return common(1e-2, 0)
        .optional("lr_decay", number(0, MAX), 0)
        .optional("initial_accumulator_value", number(0, MAX), 0)
        .optional("eps", number(0, MAX), 1e-10)
        .build();
  }

  static Rule scheduler() {
    Rules.Builder params = object();
    for (SchedulerType type : SchedulerType.values()) {
      params.optional(type.label(), params(type));
    }
    return object()
        .optional("type", new LooseListRule(oneOf(SchedulerType.class), 5), List.of())
        .nested("params", params.build())
        .build();
  }

  private static Rule params(SchedulerType type) {
    return switch (type) {
      case LINEAR_WARMUP ->
          object()
              .optional("warmup_epochs", whole(0, MANY), 0)
              .optional("warmup_iters", whole(0, Integer.MAX_VALUE), 0)
              .build();
      case COSINE_ANNEALING -> object().optional("eta_min", number(0, MAX), 0).build();
      case MULTI_STEP ->
          object()
              .required("milestones", list(whole(0, MANY), 1, 1000))
              .optional("gamma", above(0), 0.1)
              .build();
      case REDUCE_ON_PLATEAU -> plateau();
      case ONE_CYCLE -> oneCycle();
    };
  }

  private static Rule plateau() {
    return object()
        .optional("mode", oneOf("min", "max"), "min")
        .optional("factor", number(0, 0.999999), 0.1)
        .optional("patience", whole(0, MANY), 10)
        .optional("threshold", number(0, MAX), 1e-4)
        .optional("threshold_mode", oneOf("rel", "abs"), "rel")
        .optional("cooldown", whole(0, MANY), 0)
        .optional("min_lr", number(0, MAX), 0)
        .optional("eps", number(0, MAX), 1e-8)
        .withoutEffect("verbose", bool())
        .build();
  }

  private static Rule oneCycle() {
    return object()
        .optional("anneal_strategy", oneOf("linear", "cos"), "cos")
        .optional("pct_start", p(), 0.3)
        .optional("div_factor", above(0))
        .optional("final_div_factor", above(0))
        .optional("base_momentum", p(), 0.85)
        .optional("max_momentum", p(), 0.95)
        .build();
  }
}
