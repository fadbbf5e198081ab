package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.Structure;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** A long training takes no more memory than a short one. */
class MemoryTest {
  /** What one activation takes, 2 images of 5 tokens of 64 features, left behind at each step. */
  private static final double LEAK_KIB_PER_100_STEPS = 100 * 2 * 5 * 64 * 4 / 1024.0;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /**
   * With everything that a step may keep: moments, gathered gradients and an average. What the JVM
   * allocates while it compiles comes and goes in leaps of many MiB; a leak is in every hundred
   * steps, so their median tells it.
   */
  @Test
  void nothingGrowsOver2600Steps() {
    Assumptions.assumeTrue(Platform.isLinux(), "the C library tells what is allocated");
    Optimizer optimizer = new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8, 0);
    ModelSpec model = new ModelSpec(Backbone.TEST_VIT, 1, 2, 16, 8, 0.1);
    Recipe recipe = new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0.99, new Accumulation(2, 3));
    LearnerSpec spec =
        new LearnerSpec(model, optimizer, Schedule.constant(optimizer), 1, false, 1, recipe);
    Batch batch =
        new Batch(
            Tensor.ofFloats(Golden.fill("images", 2 * 256, 1, 0), 2, 1, 16, 16),
            Tensor.ofLongs(new long[] {0, 1}, 2));
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      run(learner, batch, 500);
      int arrays = learner.network().kernels().manager().getManagedArrays().size();
      long growth = medianGrowthKib(21, () -> run(learner, batch, 100));
      assertEquals(
          arrays,
          learner.network().kernels().manager().getManagedArrays().size(),
          "arrays held by the manager");
      assertTrue(
          growth < LEAK_KIB_PER_100_STEPS, "native memory grew by " + growth + " KiB in 100 steps");
    }
  }

  /** Of an odd number of stretches. */
  private static long medianGrowthKib(int stretches, Runnable stretch) {
    long[] growth = new long[stretches];
    for (int i = 0; i < stretches; i++) {
      long before = nativeKib();
      stretch.run();
      growth[i] = nativeKib() - before;
    }
    Arrays.sort(growth);
    return growth[stretches / 2];
  }

  private static void run(Learner learner, Batch batch, int steps) {
    for (int i = 0; i < steps; i++) {
      learner.trainStep(batch);
      if (i % 10 == 0) {
        learner.network().evaluate(batch.images());
      }
    }
  }

  /** What the C library has given out, libtorch's tensors among it; the Java heap is not. */
  private static long nativeKib() {
    Allocated found =
        (Allocated) Function.getFunction("c", "mallinfo2").invoke(Allocated.class, new Object[0]);
    return (found.inBlocks + found.mapped) >> 10;
  }

  /** {@code struct mallinfo2} of glibc. */
  @Structure.FieldOrder({
    "arena",
    "free",
    "fast",
    "maps",
    "mapped",
    "most",
    "freeFast",
    "inBlocks",
    "unused",
    "top"
  })
  public static final class Allocated extends Structure implements Structure.ByValue {
    public long arena;
    public long free;
    public long fast;
    public long maps;
    public long mapped;
    public long most;
    public long freeFast;
    public long inBlocks;
    public long unused;
    public long top;
  }
}
