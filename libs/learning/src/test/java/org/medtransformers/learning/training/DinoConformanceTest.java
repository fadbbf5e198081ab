package org.medtransformers.learning.training;

import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.model.ModelSpec;

class DinoConformanceTest extends MethodConformanceTest {
  @Override
  Method method() {
    return SelfSupervised.dino(false);
  }

  @Override
  ModelSpec model() {
    return SelfSupervised.transformer(SelfSupervised.DINO_HEAD, 0.3);
  }
}
