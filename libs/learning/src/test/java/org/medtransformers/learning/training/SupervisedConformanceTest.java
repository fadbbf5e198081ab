package org.medtransformers.learning.training;

import java.util.List;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.method.Loss;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;

class SupervisedConformanceTest extends MethodConformanceTest {
  @Override
  Method method() {
    return new Supervised(new Loss(0.1, List.of(1., 2., 3., 4.)));
  }

  @Override
  ModelSpec model() {
    return new ModelSpec(Backbone.TEST_VIT, 3, 4, 32, 16, 0.3);
  }
}
