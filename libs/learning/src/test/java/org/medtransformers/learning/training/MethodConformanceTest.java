package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.LossScale;

/** What holds for every method; that its numbers are its authors' is for the golden cases. */
abstract class MethodConformanceTest {
  /** With settings that move in the first steps of a training. */
  abstract Method method();

  abstract ModelSpec model();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @Test
  void aResumedTrainingEqualsAnUninterruptedOne(@TempDir Path folder) throws IOException {
    Resumption.assertResumes(spec(Accumulation.NONE), LossScale.OFF, folder);
  }

  @Test
  void soDoesOneThatIsInterruptedWhileGradientsAreGathered(@TempDir Path folder)
      throws IOException {
    Resumption.assertResumes(spec(new Accumulation(3, 7)), LossScale.OFF, folder);
  }

  @Test
  void collapseIsTheConcernOfMethodsWithoutLabels() {
    LearnerSpec spec = spec(Accumulation.NONE);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      StepResult step = learner.trainStep(Resumption.batch(spec, 0));
      assertEquals(!(method() instanceof Supervised), step.collapse().isPresent());
    }
  }

  @Test
  void oneViewIsEnoughForLabelsOnlyAndElseRefusedBeforeAnythingChanges() {
    LearnerSpec spec = spec(Accumulation.NONE);
    Batch fitting = Resumption.batch(spec, 0);
    Batch single = new Batch(fitting.images(), fitting.labels());
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      if (method() instanceof Supervised) {
        assertEquals(1, learner.trainStep(single).iteration());
      } else {
        MedtransException e =
            assertThrows(MedtransException.class, () -> learner.trainStep(single));
        assertEquals(ErrorCode.INVALID_REQUEST, e.code());
        assertEquals(0, learner.iteration());
      }
    }
  }

  @Test
  void whatItRemembersHasNamesOfItsOwn() {
    List<String> names = method().memory(model()).stream().map(TensorSpec::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    assertTrue(model().tensors().stream().map(TensorSpec::name).noneMatch(names::contains));
  }

  private LearnerSpec spec(Accumulation accumulation) {
    return SelfSupervised.spec(method(), model(), accumulation);
  }
}
