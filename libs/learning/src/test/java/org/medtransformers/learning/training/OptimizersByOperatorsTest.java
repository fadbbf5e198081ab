package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;

/** The fused updates equal the papers' formulas, written with DJL's operators in float64. */
class OptimizersByOperatorsTest {
  private static final int STEPS = 20;
  private static final double LR = 0.05;
  private static final double DECAY = 0.1;
  private static final double EPS = 1e-8;

  /** An optimizer for one tensor, with its state. */
  private interface Formula {
    NDArray step(NDArray weight, NDArray gradient, int number);
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<Arguments> optimizers() {
    Arguments decoupled = arguments(new Optimizer.AdamW(LR, 0.9, 0.99, EPS, DECAY), adam(true));
    return Stream.concat(Stream.of(decoupled), coupledOptimizers());
  }

  /** Those whose weight decay is part of the gradient, as it is in LARS. */
  static Stream<Arguments> coupledOptimizers() {
    return Stream.of(
        arguments(new Optimizer.Adam(LR, 0.9, 0.99, EPS, DECAY), adam(false)),
        arguments(new Optimizer.Sgd(LR, 0.9, 0.2, DECAY, false), sgd()),
        arguments(new Optimizer.RmsProp(LR, 0.95, EPS, DECAY, 0.5, true), rmsProp()),
        arguments(new Optimizer.Adagrad(LR, 0.1, DECAY, 0.5, EPS), adagrad()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void updatesEqualTheFormula(Optimizer optimizer, Formula formula) {
    assertEqualUpdates(optimizer, Optional.empty(), formula);
  }

  @ParameterizedTest
  @MethodSource("coupledOptimizers")
  void updatesWithLarsEqualTheFormula(Optimizer optimizer, Formula formula) {
    Lars lars = new Lars(0.02, 1e-6);
    Formula scaled =
        (weight, gradient, number) -> {
          double ofWeight = weight.norm().getDouble();
          double ofGradient = gradient.norm().getDouble();
          double ratio = lars.trustCoef() * ofWeight / (ofGradient + DECAY * ofWeight + lars.eps());
          // The decay is in the gradient already: what the formula adds is taken away before.
          NDArray wanted = gradient.add(weight.mul(DECAY)).mul(ratio);
          return formula.step(weight, wanted.sub(weight.mul(DECAY)), number);
        };
    assertEqualUpdates(optimizer, Optional.of(lars), scaled);
  }

  private static void assertEqualUpdates(
      Optimizer optimizer, Optional<Lars> lars, Formula formula) {
    Tensor weight = Tensor.ofFloats(Golden.fill("weight", 12, 2, 0), 3, 4);
    try (NDManager manager = NDManager.newBaseManager();
        TensorOptimizer fused =
            new TensorOptimizer(
                optimizer, lars, Map.of(), 0, Map.of("a.weight", weight), TorchDevice.CPU)) {
      NDArray expected = doubles(manager, weight);
      for (int step = 1; step <= STEPS; step++) {
        Tensor gradient = Tensor.ofFloats(Golden.fill("gradient" + step, 12, 3, 0), 3, 4);
        fused.step(Map.of("a.weight", gradient));
        expected = formula.step(expected, doubles(manager, gradient), step);
        assertArrayEquals(
            expected.toDoubleArray(),
            Golden.doubles(fused.tensor("a.weight").floats()),
            2e-5,
            "after step " + step);
      }
    }
  }

  private static NDArray doubles(NDManager manager, Tensor tensor) {
    return manager.create(Golden.doubles(tensor.floats()), new Shape(3, 4));
  }

  private static NDArray decayed(NDArray gradient, NDArray weight) {
    return gradient.add(weight.mul(DECAY));
  }

  private static Formula adam(boolean decoupled) {
    NDArray[] moments = new NDArray[2];
    return (weight, gradient, t) -> {
      NDArray g = decoupled ? gradient : decayed(gradient, weight);
      moments[0] = average(moments[0], g, 0.9);
      moments[1] = average(moments[1], g.square(), 0.99);
      NDArray mean = moments[0].div(1 - Math.pow(0.9, t));
      NDArray root = moments[1].div(1 - Math.pow(0.99, t)).sqrt();
      NDArray kept = decoupled ? weight.mul(1 - LR * DECAY) : weight;
      return kept.sub(mean.div(root.add(EPS)).mul(LR));
    };
  }

  private static NDArray average(NDArray average, NDArray value, double kept) {
    NDArray before = average == null ? value.zerosLike() : average;
    return before.mul(kept).add(value.mul(1 - kept));
  }

  private static Formula sgd() {
    NDArray[] velocity = new NDArray[1];
    return (weight, gradient, t) -> {
      NDArray g = decayed(gradient, weight);
      velocity[0] = velocity[0] == null ? g : velocity[0].mul(0.9).add(g.mul(1 - 0.2));
      return weight.sub(velocity[0].mul(LR));
    };
  }

  private static Formula rmsProp() {
    NDArray[] state = new NDArray[3];
    return (weight, gradient, t) -> {
      NDArray g = decayed(gradient, weight);
      state[0] = average(state[0], g, 0.95);
      state[1] = average(state[1], g.square(), 0.95);
      NDArray root = state[1].sub(state[0].square()).sqrt().add(EPS);
      NDArray before = state[2] == null ? g.zerosLike() : state[2];
      state[2] = before.mul(0.5).add(g.div(root));
      return weight.sub(state[2].mul(LR));
    };
  }

  private static Formula adagrad() {
    NDArray[] sum = new NDArray[1];
    return (weight, gradient, t) -> {
      NDArray g = decayed(gradient, weight);
      NDArray before = sum[0] == null ? g.zerosLike().add(0.5) : sum[0];
      sum[0] = before.add(g.square());
      double rate = LR / (1 + (t - 1) * 0.1);
      return weight.sub(g.div(sum[0].sqrt().add(EPS)).mul(rate));
    };
  }
}
