package org.medtransformers.learning.training;

import java.util.stream.Stream;
import org.medtransformers.learning.optimizer.Optimizer;

class AdamWConformanceTest extends OptimizerConformanceTest {
  @Override
  Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05),
        new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05, true));
  }
}
