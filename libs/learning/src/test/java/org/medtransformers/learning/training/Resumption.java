package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medtransformers.contracts.CounterRandom;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.schedule.Validation;

/** Short trainings that are interrupted, and their equals that nobody interrupts. */
final class Resumption {
  static final int STEPS = 8;

  private Resumption() {}

  /** Interrupts a training twice, in the middle of its groups of batches where it has any. */
  static List<StepResult> assertResumes(LearnerSpec spec, LossScale scale, Path folder)
      throws IOException {
    List<StepResult> uninterrupted = new ArrayList<>();
    Map<String, Tensor> expected;
    Files.createDirectory(folder.resolve("uninterrupted"));
    try (Learner learner = Learner.create(spec, TorchDevice.CPU, scale)) {
      for (int i = 0; i < STEPS; i++) {
        uninterrupted.add(step(learner, i));
      }
      expected = learner.network().state();
      learner.save(folder.resolve("uninterrupted"));
    }
    List<StepResult> resumed = new ArrayList<>();
    Path last = null;
    for (int until : new int[] {2, 5, STEPS}) {
      try (Learner learner = Learner.create(spec, TorchDevice.CPU, scale)) {
        if (last != null) {
          learner.load(last);
        }
        assertEquals(resumed.size(), learner.iteration());
        while (resumed.size() < until) {
          resumed.add(step(learner, resumed.size()));
        }
        last = Files.createDirectory(folder.resolve("until" + until));
        learner.save(last);
        assertEquals(until == STEPS, expected.equals(learner.network().state()));
      }
    }
    assertEquals(uninterrupted, resumed);
    assertSameFiles(folder.resolve("uninterrupted"), last);
    return uninterrupted;
  }

  private static StepResult step(Learner learner, int number) {
    StepResult result = learner.trainStep(batch(learner.spec(), number));
    if (number % 2 == 1) {
      learner.validated(new Validation(0.1 * (number % 3), 1 + number));
    }
    return result;
  }

  private static void assertSameFiles(Path expected, Path found) throws IOException {
    try (Stream<Path> files = Files.list(expected)) {
      for (Path file : files.toList()) {
        assertEquals(-1, Files.mismatch(file, found.resolve(file.getFileName())), file.toString());
      }
    }
  }

  /** Warms up, then cools down. */
  static LearnerSpec spec(ModelSpec model, Optimizer optimizer, long seed) {
    RunConfig.Scheduler scheduler =
        new RunConfig.Scheduler(
            List.of(SchedulerType.LINEAR_WARMUP, SchedulerType.COSINE_ANNEALING),
            Map.of(
                SchedulerType.LINEAR_WARMUP, Json.parse("{\"warmup_iters\": 2}"),
                SchedulerType.COSINE_ANNEALING, Json.parse("{\"eta_min\": 1e-6}")));
    return new LearnerSpec(
        model, optimizer, Schedule.of(scheduler, optimizer, 10, 2), 1.0, false, seed);
  }

  /** Six images of 32 × 32 pixels whose brightness tells the class. */
  static Batch batch(LearnerSpec spec, int number) {
    int channels = spec.model().channels();
    int pixels = channels * 32 * 32;
    CounterRandom random = CounterRandom.of(99, "batch " + number);
    float[] images = new float[6 * pixels];
    long[] classes = new long[6];
    float[] positive = new float[6];
    for (int i = 0; i < 6; i++) {
      classes[i] = Math.floorMod(random.bits(i), 4L);
      positive[i] = classes[i] % 2;
      for (int p = 0; p < pixels; p++) {
        images[i * pixels + p] = (float) (classes[i] + random.uniform(6 + i * pixels + p));
      }
    }
    Batch batch =
        new Batch(
            Tensor.ofFloats(images, 6, channels, 32, 32),
            spec.model().outputs() == 1
                ? Tensor.ofFloats(positive, 6, 1)
                : Tensor.ofLongs(classes, 6));
    return SelfSupervised.views(spec, batch);
  }
}
