package org.medtransformers.learning.optimizer;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** An optimizer's arguments, with PyTorch's names, meaning and defaults. */
public sealed interface Optimizer {
  /** The slot that counts steps; one number per tensor. */
  String STEP = "step";

  /** The name in the experiment file. */
  String type();

  /** Learning rate before any schedule. */
  double lr();

  double weightDecay();

  /** What a schedule may cycle besides the learning rate: beta1 of Adam, momentum of SGD. */
  double momentum();

  /**
   * Names of the tensors of state per parameter; the step counter comes last.
   *
   * @param momentumCycles whether a schedule moves {@link #momentum()}
   */
  List<String> slots(boolean momentumCycles);

  /** The same optimizer with another learning rate. */
  Optimizer withLr(double lr);

  record Adam(double lr, double beta1, double beta2, double eps, double weightDecay)
      implements Optimizer {
    @Override
    public String type() {
      return "Adam";
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return List.of("exp_avg", "exp_avg_sq", STEP);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new Adam(lr, beta1, beta2, eps, weightDecay);
    }
  }

  record AdamW(double lr, double beta1, double beta2, double eps, double weightDecay)
      implements Optimizer {
    @Override
    public String type() {
      return "AdamW";
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return List.of("exp_avg", "exp_avg_sq", STEP);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new AdamW(lr, beta1, beta2, eps, weightDecay);
    }
  }

  record Sgd(double lr, double momentum, double dampening, double weightDecay, boolean nesterov)
      implements Optimizer {
    @Override
    public String type() {
      return "SGD";
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return momentum == 0 && !momentumCycles ? List.of(STEP) : List.of("momentum_buffer", STEP);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new Sgd(lr, momentum, dampening, weightDecay, nesterov);
    }
  }

  /** The optimizer of a run file; throws {@link MedtransException} for one that is not built. */
  static Optimizer of(RunConfig.Optimizer config) {
    OptimizerArguments p = new OptimizerArguments(config.params());
    return switch (config.type()) {
      case "Adam" -> new Adam(p.lr(), p.beta(0, 0.9), p.beta(1, 0.999), p.eps(), p.weightDecay(0));
      case "AdamW" ->
          new AdamW(p.lr(), p.beta(0, 0.9), p.beta(1, 0.999), p.eps(), p.weightDecay(0.01));
      case "SGD" ->
          new Sgd(
              p.lr(),
              p.number("momentum", 0),
              p.number("dampening", 0),
              p.weightDecay(0),
              p.flag("nesterov"));
      default ->
          throw MedtransException.of(
              ErrorCode.NOT_BUILT_YET,
              "optimizer.type: " + config.type() + " is not built yet, use Adam, AdamW or SGD");
    };
  }
}
