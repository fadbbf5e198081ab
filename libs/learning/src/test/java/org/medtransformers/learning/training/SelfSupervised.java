package org.medtransformers.learning.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.method.Byol;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.SimSiam;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/** Small trainings without labels. */
final class SelfSupervised {
  static final Optimizer ADAMW = new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.05);
  static final Head DINO_HEAD = new Head.Dino(48, 32, 16);
  static final Head PAIR_HEAD = new Head.Projector(List.of(32, 32, 24), 16);

  private SelfSupervised() {}

  /** Frozen in the first epoch, with a warm-up of four. */
  static Dino dino(boolean oneAtATime) {
    return dino(0.9, 0.04, oneAtATime);
  }

  static Dino dino(double centerMomentum, double temperature, boolean oneAtATime) {
    CosineRamp momentum = new CosineRamp(0.9, 1, 8);
    CosineRamp decay = new CosineRamp(0.05, 0.4, 8);
    return new Dino(
        momentum, decay, temperature, 0.07, 4, 0.1, centerMomentum, 1, false, oneAtATime);
  }

  static Byol byol() {
    return new Byol(new CosineRamp(0.9, 1, 8));
  }

  static SimSiam simSiam() {
    return new SimSiam(OptionalDouble.of(2e-3));
  }

  static ModelSpec transformer(Head head, double dropPath) {
    return new ModelSpec(Backbone.TEST_VIT, 3, head, 32, 16, dropPath);
  }

  static ModelSpec resNet(Head head) {
    return ModelSpec.resnet(Backbone.TEST_RESNET, 3, head);
  }

  static LearnerSpec spec(Method method, ModelSpec model, Accumulation accumulation) {
    return spec(method, model, accumulation, false);
  }

  static LearnerSpec spec(
      Method method, ModelSpec model, Accumulation accumulation, boolean mixed) {
    Recipe recipe = new Recipe(method, Optional.empty(), 1, 0, accumulation, mixed);
    return new LearnerSpec(model, ADAMW, Schedule.constant(ADAMW), 1, false, 7, recipe);
  }

  /** The batch as the method of {@code spec} learns from it, its images being 32 pixels wide. */
  static Batch views(LearnerSpec spec, Batch batch) {
    if (spec.method() instanceof Supervised) {
      return batch;
    }
    List<Tensor> views = new ArrayList<>(List.of(batch.images(), flipped(batch.images())));
    if (spec.method() instanceof Dino) {
      views.add(corner(batch.images(), 0));
      views.add(corner(batch.images(), 16));
    }
    return Batch.unlabelled(views);
  }

  /** Upside down and mirrored. */
  private static Tensor flipped(Tensor images) {
    int pixels = side(images) * side(images);
    float[] from = images.floats();
    float[] to = new float[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i / pixels * pixels + pixels - 1 - i % pixels];
    }
    return Tensor.ofFloats(to, sides(images));
  }

  /** 16 × 16 pixels. */
  private static Tensor corner(Tensor images, int offset) {
    int side = side(images);
    long[] sides = sides(images);
    float[] from = images.floats();
    int planes = Math.toIntExact(sides[0] * sides[1]);
    float[] to = new float[planes * 256];
    for (int i = 0; i < to.length; i++) {
      int row = offset + i / 16 % 16;
      to[i] = from[(i / 256 * side + row) * side + offset + i % 16];
    }
    return Tensor.ofFloats(to, sides[0], sides[1], 16, 16);
  }

  private static int side(Tensor images) {
    return images.shape().get(3).intValue();
  }

  private static long[] sides(Tensor images) {
    return images.shape().stream().mapToLong(Long::longValue).toArray();
  }
}
