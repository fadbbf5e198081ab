package org.medtransformers.learning.training;

import java.util.stream.Stream;
import org.medtransformers.learning.optimizer.Optimizer;

class AdagradConformanceTest extends OptimizerConformanceTest {
  @Override
  Stream<Optimizer> optimizers() {
    return Stream.of(new Optimizer.Adagrad(1e-2, 0.1, 0.01, 0.1, 1e-10));
  }
}
