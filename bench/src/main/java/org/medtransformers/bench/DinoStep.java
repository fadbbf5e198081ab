package org.medtransformers.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.training.Accumulation;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.training.Recipe;

/**
 * Times steps of DINO on one batch of noise: the teacher on two global crops, the student on those
 * and six local ones, loss, gradients, clipping, AdamW, the teacher's and the centre's average.
 *
 * @param steps measured, after two that are not
 * @param outputs of the head
 */
record DinoStep(Backbone backbone, int batch, int steps, int outputs, boolean bf16) {
  private static final int CHANNELS = 3;
  private static final int PATCH = 16;
  private static final int GLOBAL = 224;
  private static final int LOCAL = 96;
  private static final int LOCAL_CROPS = 6;

  /** What is printed, with the peer's fields; see {@link StepTimes}. */
  record Times(
      String peer,
      String model,
      int batch,
      boolean bf16,
      @JsonProperty("ms_median") double median,
      @JsonProperty("ms_min") double min,
      @JsonProperty("peak_rss_mib") long peakRssMib) {}

  Times measure(TorchDevice device) {
    Batch crops = noise();
    double[] times;
    try (Learner learner = Learner.create(spec(), device)) {
      times = StepTimes.of(steps, () -> learner.trainStep(crops));
    }
    return new Times(
        "medtransformers libtorch " + TorchEngine.version(),
        backbone.label(),
        batch,
        bf16,
        StepTimes.median(times),
        StepTimes.min(times),
        StepTimes.peakMemory());
  }

  private LearnerSpec spec() {
    Optimizer adamW = new Optimizer.AdamW(5e-4, 0.9, 0.999, 1e-8, 0.04);
    CosineRamp momentum = new CosineRamp(0.996, 0.996, 1);
    CosineRamp decay = new CosineRamp(0.04, 0.04, 1);
    Dino dino = new Dino(momentum, decay, 0.04, 0.04, 0, 0.1, 0.9, 0, false, false);
    return new LearnerSpec(
        model(),
        adamW,
        Schedule.constant(adamW),
        3,
        false,
        0,
        new Recipe(dino, Optional.empty(), 1, 0, Accumulation.NONE, bf16));
  }

  private ModelSpec model() {
    Head head = new Head.Dino(outputs);
    return backbone.family() == Backbone.Family.RESNET
        ? ModelSpec.resnet(backbone, CHANNELS, head)
        : new ModelSpec(backbone, CHANNELS, head, GLOBAL, PATCH, 0);
  }

  private Batch noise() {
    Random random = new Random(0);
    List<Integer> sides = new ArrayList<>(List.of(GLOBAL, GLOBAL));
    sides.addAll(Collections.nCopies(LOCAL_CROPS, LOCAL));
    return Batch.unlabelled(sides.stream().map(side -> noise(random, side)).toList());
  }

  private Tensor noise(Random random, int side) {
    float[] pixels = new float[Math.multiplyExact(batch, CHANNELS * side * side)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Tensor.ofFloats(pixels, batch, CHANNELS, side, side);
  }
}
