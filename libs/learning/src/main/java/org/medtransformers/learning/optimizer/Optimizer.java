package org.medtransformers.learning.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;

/** An optimizer's arguments, with PyTorch's names, meaning and defaults. */
public sealed interface Optimizer {
  /** The slot that counts steps; one number per tensor. */
  String STEP = "step";

  OptimizerType type();

  /** Learning rate before any schedule. */
  double lr();

  double weightDecay();

  /** What a schedule may cycle besides the learning rate: beta1 of Adam, else the momentum. */
  double momentum();

  /** What neither varies over a training nor between parameters, by PyTorch's names. */
  Map<String, Double> arguments();

  /**
   * Names of the tensors of state per parameter, PyTorch's; the step counter comes last.
   *
   * @param momentumCycles whether a schedule moves {@link #momentum()}
   */
  List<String> slots(boolean momentumCycles);

  /** What every element of a slot is before the first step. */
  default double initialValue(String slot) {
    return 0;
  }

  /** The same optimizer with another learning rate. */
  Optimizer withLr(double lr);

  record Adam(
      double lr, double beta1, double beta2, double eps, double weightDecay, boolean amsgrad)
      implements Optimizer {
    /** Without AMSGrad. */
    public Adam(double lr, double beta1, double beta2, double eps, double weightDecay) {
      this(lr, beta1, beta2, eps, weightDecay, false);
    }

    @Override
    public OptimizerType type() {
      return OptimizerType.ADAM;
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public Map<String, Double> arguments() {
      return Map.of("beta2", beta2, "eps", eps, "amsgrad", flag(amsgrad));
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return moments(amsgrad);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new Adam(lr, beta1, beta2, eps, weightDecay, amsgrad);
    }
  }

  record AdamW(
      double lr, double beta1, double beta2, double eps, double weightDecay, boolean amsgrad)
      implements Optimizer {
    /** Without AMSGrad. */
    public AdamW(double lr, double beta1, double beta2, double eps, double weightDecay) {
      this(lr, beta1, beta2, eps, weightDecay, false);
    }

    @Override
    public OptimizerType type() {
      return OptimizerType.ADAM_W;
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public Map<String, Double> arguments() {
      return Map.of("beta2", beta2, "eps", eps, "amsgrad", flag(amsgrad));
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return moments(amsgrad);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new AdamW(lr, beta1, beta2, eps, weightDecay, amsgrad);
    }
  }

  record Sgd(double lr, double momentum, double dampening, double weightDecay, boolean nesterov)
      implements Optimizer {
    @Override
    public OptimizerType type() {
      return OptimizerType.SGD;
    }

    @Override
    public Map<String, Double> arguments() {
      return Map.of("dampening", dampening, "nesterov", flag(nesterov));
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

  record RmsProp(
      double lr, double alpha, double eps, double weightDecay, double momentum, boolean centered)
      implements Optimizer {
    @Override
    public OptimizerType type() {
      return OptimizerType.RMS_PROP;
    }

    @Override
    public Map<String, Double> arguments() {
      return Map.of("alpha", alpha, "eps", eps, "centered", flag(centered));
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      List<String> slots = new ArrayList<>(List.of("square_avg"));
      if (centered) {
        slots.add("grad_avg");
      }
      if (momentum != 0 || momentumCycles) {
        slots.add("momentum_buffer");
      }
      slots.add(STEP);
      return List.copyOf(slots);
    }

    @Override
    public Optimizer withLr(double lr) {
      return new RmsProp(lr, alpha, eps, weightDecay, momentum, centered);
    }
  }

  record Adagrad(
      double lr, double lrDecay, double weightDecay, double initialAccumulatorValue, double eps)
      implements Optimizer {
    private static final String SUM = "sum";

    @Override
    public OptimizerType type() {
      return OptimizerType.ADAGRAD;
    }

    /** There is none. */
    @Override
    public double momentum() {
      return 0;
    }

    @Override
    public Map<String, Double> arguments() {
      return Map.of("lr_decay", lrDecay, "eps", eps);
    }

    @Override
    public List<String> slots(boolean momentumCycles) {
      return List.of(SUM, STEP);
    }

    @Override
    public double initialValue(String slot) {
      return slot.equals(SUM) ? initialAccumulatorValue : 0;
    }

    @Override
    public Optimizer withLr(double lr) {
      return new Adagrad(lr, lrDecay, weightDecay, initialAccumulatorValue, eps);
    }
  }

  /** The optimizer of a run file. */
  static Optimizer of(RunConfig.Optimizer config) {
    OptimizerArguments p = new OptimizerArguments(config.params());
    return switch (config.type()) {
      case ADAM -> p.adam();
      case ADAM_W -> p.adamW();
      case SGD -> p.sgd();
      case RMS_PROP -> p.rmsProp();
      case ADAGRAD -> p.adagrad();
    };
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }

  private static List<String> moments(boolean amsgrad) {
    return amsgrad
        ? List.of("exp_avg", "exp_avg_sq", "max_exp_avg_sq", STEP)
        : List.of("exp_avg", "exp_avg_sq", STEP);
  }
}
