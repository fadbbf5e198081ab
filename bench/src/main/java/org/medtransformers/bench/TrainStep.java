package org.medtransformers.bench;

import java.util.Optional;
import java.util.Random;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;
import org.medtransformers.learning.training.Accumulation;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.training.Recipe;

/**
 * Times training steps (forward, backward, clipping to norm 1, Adam) or forward passes, on one
 * batch of noise with five classes.
 *
 * @param size side of the images in pixels
 * @param steps measured, after two that are not
 * @param evaluate forward passes in evaluation mode, without gradients
 */
record TrainStep(
    Backbone backbone, int batch, int size, int steps, boolean bf16, boolean evaluate) {
  private static final int CLASSES = 5;
  private static final int CHANNELS = 3;
  private static final int PATCH = 16;

  /** From this many pixels on our convolutions see the channels last. */
  private static final int CHANNELS_LAST_PIXELS = 160 * 160;

  StepTimes measure(TorchDevice device) {
    Batch images = noise();
    double[] times;
    try (Learner learner = Learner.create(spec(), device)) {
      times = StepTimes.of(steps, () -> step(learner, images));
    }
    return new StepTimes(
        "medtransformers libtorch " + TorchEngine.version(),
        backbone.label(),
        batch,
        size,
        bf16,
        residual() && size * size >= CHANNELS_LAST_PIXELS,
        StepTimes.median(times),
        StepTimes.min(times),
        StepTimes.peakMemory());
  }

  private void step(Learner learner, Batch images) {
    if (evaluate) {
      learner.network().evaluate(images.images());
    } else {
      learner.trainStep(images);
    }
  }

  private LearnerSpec spec() {
    ModelSpec model =
        residual()
            ? ModelSpec.resnet(backbone, CHANNELS, CLASSES)
            : new ModelSpec(backbone, CHANNELS, CLASSES, size, PATCH, 0);
    Optimizer adam = new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8, 0);
    Recipe recipe = new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0, Accumulation.NONE, bf16);
    return new LearnerSpec(model, adam, Schedule.constant(adam), 1, false, 0, recipe);
  }

  private boolean residual() {
    return backbone.family() == Backbone.Family.RESNET;
  }

  private Batch noise() {
    Random random = new Random(0);
    float[] pixels = new float[Math.multiplyExact(batch, CHANNELS * size * size)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    long[] labels = random.longs(batch, 0, CLASSES).toArray();
    return new Batch(
        Tensor.ofFloats(pixels, batch, CHANNELS, size, size), Tensor.ofLongs(labels, batch));
  }
}
