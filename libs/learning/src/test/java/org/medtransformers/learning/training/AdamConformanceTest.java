package org.medtransformers.learning.training;

import java.util.stream.Stream;
import org.medtransformers.learning.optimizer.Optimizer;

class AdamConformanceTest extends OptimizerConformanceTest {
  @Override
  Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 1e-4),
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 1e-4, true));
  }
}
