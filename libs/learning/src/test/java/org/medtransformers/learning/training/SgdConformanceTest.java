package org.medtransformers.learning.training;

import java.util.stream.Stream;
import org.medtransformers.learning.optimizer.Optimizer;

class SgdConformanceTest extends OptimizerConformanceTest {
  @Override
  Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.Sgd(1e-2, 0.9, 0.1, 1e-4, false),
        new Optimizer.Sgd(1e-2, 0.9, 0, 1e-4, true),
        new Optimizer.Sgd(1e-2, 0, 0, 0, false));
  }
}
