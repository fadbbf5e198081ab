package org.medtransformers.learning.training;

import java.util.stream.Stream;
import org.medtransformers.learning.optimizer.Optimizer;

class RmsPropConformanceTest extends OptimizerConformanceTest {
  @Override
  Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.RmsProp(1e-3, 0.9, 1e-8, 0.01, 0.5, true),
        new Optimizer.RmsProp(1e-3, 0.9, 1e-8, 0.01, 0, false));
  }
}
