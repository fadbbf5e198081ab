package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.knn.KnnClassifier;
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
import org.medtransformers.learning.training.Accumulation;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.training.Recipe;

/**
 * Steps as another program runs them: {@code compare-METHOD-MODEL} of every method with the tiny
 * networks, {@code time-MODEL}, and the kernels of neighbours, {@code knn.pt}.
 */
record ExportedSteps(Path folder) {
  private static final int CLASSES = 5;
  private static final int CHANNELS = 3;
  private static final int TINY_BATCH = 8;
  private static final int TINY = 64;
  private static final int TINY_CROP = 32;
  private static final int TINY_PATCH = 16;
  private static final int BATCH = 16;
  private static final int SIDE = 224;
  private static final int NEIGHBOURS = 20;
  private static final double TEMPERATURE = 0.1;

  void write(List<Backbone> timed) throws IOException {
    for (Backbone tiny : List.of(Backbone.TEST_VIT, Backbone.TEST_RESNET)) {
      for (Method method : methods()) {
        compared(method, tiny);
      }
    }
    for (Backbone backbone : timed) {
      LearnerSpec spec = spec(Supervised.PLAIN, model(backbone, new Head.Linear(CLASSES), SIDE));
      write(spec, labelled(BATCH, SIDE), "time-" + backbone.label());
    }
    KnnClassifier.export(NEIGHBOURS, TEMPERATURE, folder.resolve("knn.pt"));
  }

  private static List<Method> methods() {
    CosineRamp still = new CosineRamp(0.9, 0.9, 1);
    return List.of(
        Supervised.PLAIN,
        new Dino(still, new CosineRamp(0.04, 0.04, 1), 0.04, 0.04, 0, 0.1, 0.9, 0, false, false),
        new Byol(still),
        new SimSiam(OptionalDouble.empty()));
  }

  private void compared(Method method, Backbone tiny) throws IOException {
    LearnerSpec spec = spec(method, model(tiny, head(method), TINY));
    Batch batch =
        method instanceof Supervised
            ? labelled(TINY_BATCH, TINY)
            : Batch.unlabelled(
                Stream.of(TINY, TINY, TINY_CROP, TINY_CROP)
                    .limit(method instanceof Dino ? 4 : 2)
                    .map(side -> noise(new Random(side), TINY_BATCH, side))
                    .toList());
    write(spec, batch, "compare-%s-%s".formatted(method.label(), tiny.label()));
  }

  private static Head head(Method method) {
    if (method instanceof Dino) {
      return new Head.Dino(64, 32, 16);
    }
    return method instanceof Supervised
        ? new Head.Linear(CLASSES)
        : new Head.Projector(List.of(64, 64, 32), 16);
  }

  private static ModelSpec model(Backbone backbone, Head head, int side) {
    return backbone.family() == Backbone.Family.RESNET
        ? ModelSpec.resnet(backbone, CHANNELS, head)
        : new ModelSpec(backbone, CHANNELS, head, side, TINY_PATCH, 0);
  }

  private static LearnerSpec spec(Method method, ModelSpec model) {
    Optimizer adam = new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8, 0);
    Recipe recipe = new Recipe(method, Optional.empty(), 1, 0, Accumulation.NONE, false);
    return new LearnerSpec(model, adam, Schedule.constant(adam), 1, false, 0, recipe);
  }

  private void write(LearnerSpec spec, Batch batch, String name) throws IOException {
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      learner.exportStep(batch, folder, name);
    }
  }

  private static Batch labelled(int n, int side) {
    Random random = new Random(n);
    long[] labels = random.longs(n, 0, CLASSES).toArray();
    return new Batch(noise(random, n, side), Tensor.ofLongs(labels, n));
  }

  private static Tensor noise(Random random, int n, int side) {
    float[] pixels = new float[Math.multiplyExact(n, CHANNELS * side * side)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Tensor.ofFloats(pixels, n, CHANNELS, side, side);
  }
}
