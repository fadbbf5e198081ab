package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.medtransformers.learning.training.Resumption.batch;
import static org.medtransformers.learning.training.Resumption.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** What holds for every optimizer; that its numbers are PyTorch's is for the golden cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OptimizerConformanceTest {
  private static final ModelSpec MODEL = new ModelSpec(Backbone.TEST_VIT, 3, 4, 32, 16, 0.3);

  /** One of each kind that keeps other state or goes another way. */
  abstract Stream<Optimizer> optimizers();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aResumedTrainingEqualsAnUninterruptedOne(Optimizer optimizer, @TempDir Path folder)
      throws IOException {
    Resumption.assertResumes(spec(MODEL, optimizer, 7), LossScale.OFF, folder);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void itLowersTheLoss(Optimizer optimizer) {
    LearnerSpec spec = spec(MODEL, optimizer, 5);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      double first = learner.trainStep(batch(spec, 0)).loss();
      double last = first;
      for (int i = 0; i < 15; i++) {
        last = learner.trainStep(batch(spec, 0)).loss();
      }
      assertTrue(last < first, first + " -> " + last);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void withoutALearningRateNothingThatIsTrainedMoves(Optimizer optimizer) {
    LearnerSpec spec = still(optimizer.withLr(0));
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Map<String, Tensor> before = learner.network().state();
      learner.trainStep(batch(spec, 0));
      assertEquals(before, learner.network().state());
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anotherLearningRateIsAllThatDiffers(Optimizer optimizer) {
    Optimizer other = optimizer.withLr(0.125);
    assertEquals(0.125, other.lr());
    assertEquals(optimizer, other.withLr(optimizer.lr()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theStepCounterComesLast(Optimizer optimizer) {
    for (boolean momentumCycles : new boolean[] {false, true}) {
      List<String> slots = optimizer.slots(momentumCycles);
      assertEquals(slots.size() - 1, slots.indexOf(Optimizer.STEP));
    }
  }

  private static LearnerSpec still(Optimizer optimizer) {
    return new LearnerSpec(MODEL, optimizer, Schedule.constant(optimizer), 1, false, 5);
  }
}
