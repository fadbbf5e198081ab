package org.medtransformers.learning.training;

import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.model.ModelSpec;

class ByolConformanceTest extends MethodConformanceTest {
  @Override
  Method method() {
    return SelfSupervised.byol();
  }

  @Override
  ModelSpec model() {
    return SelfSupervised.resNet(SelfSupervised.PAIR_HEAD);
  }
}
