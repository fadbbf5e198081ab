package org.medtransformers.learning.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.python.Python;

class GradCamTest {
  private static final int CLASSES = 3;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    TorchEngine.start(1);
  }

  /**
   * Above global average pooling and a linear layer the weight of map k for class c is W[c, k] / (h
   * w). So before only its positive part is kept the map sums to the logit without its bias; and
   * that sum is the map's of the score minus the map's of its opposite.
   */
  @Test
  void withoutTheReluAMapSumsToTheLogitWithoutItsBias() {
    for (Backbone backbone : List.of(Backbone.RESNET18, Backbone.RESNET50)) {
      ModelSpec spec = ModelSpec.resnet(backbone, 3, CLASSES);
      Map<String, Tensor> weights = Initializer.initialise(spec, 4);
      weights.put("fc.bias", Tensor.ofFloats(new float[] {0.5f, -0.25f, 1}, CLASSES));
      try (Network network = Network.of(spec, weights, TorchDevice.CPU)) {
        Tensor images = images(2, 3, 96);
        float[] logits = network.evaluate(images).logits().floats();
        for (int c = 0; c < CLASSES; c++) {
          Tensor found = network.gradCam(images, scores(2, c, 1));
          assertEquals(List.of(2L, 3L, 3L), found.shape());
          float[] speaksFor = found.floats();
          float[] speaksAgainst = network.gradCam(images, scores(2, c, -1)).floats();
          for (int i = 0; i < 2; i++) {
            double sum = sum(speaksFor, 9 * i) - sum(speaksAgainst, 9 * i);
            double bias = weights.get("fc.bias").floats()[c];
            assertEquals(logits[i * CLASSES + c] - bias, sum, 1e-4, backbone + " class " + c);
          }
          for (float value : speaksFor) {
            assertTrue(value >= 0);
          }
        }
      }
    }
  }

  @Test
  void aMapEqualsTheOneThatPyTorchMakes() throws IOException {
    List<Python> pythons = Python.allWith("torch, torchvision");
    ModelSpec spec = ModelSpec.resnet(Backbone.RESNET18, 3, CLASSES);
    Map<String, Tensor> weights = Initializer.initialise(spec, 5);
    try (Network network = Network.of(spec, weights, TorchDevice.CPU)) {
      Tensor images = images(3, 3, 224);
      float[] asked = {0, 0, 1, 1, 0, 0, 0, 1, 0};
      Map<String, Tensor> all = new LinkedHashMap<>(weights);
      all.put("case.images", images);
      all.put("case.classes", Tensor.ofLongs(new long[] {2, 0, 1}, 3));
      all.put("case.maps", network.gradCam(images, Tensor.ofFloats(asked, 3, CLASSES)));
      Path file = folder.resolve("case.safetensors");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        new Safetensors(all).write(channel);
      }
      for (Python python : pythons) {
        python.run("src/test/resources/grad_cam/reference.py", file.toString());
      }
    }
  }

  /** Asking where classes lie must not leave the network another one. */
  @Test
  void askingChangesNothing() {
    ModelSpec spec = ModelSpec.resnet(Backbone.RESNET18, 1, 1);
    try (Network network = Network.of(spec, Initializer.initialise(spec, 6), TorchDevice.CPU)) {
      Tensor images = images(2, 1, 64);
      float[] before = network.evaluate(images).logits().floats();
      float[] map = network.gradCam(images, Tensor.ofFloats(new float[] {1, -1}, 2, 1)).floats();
      assertTrue(
          Arrays.equals(
              map, network.gradCam(images, Tensor.ofFloats(new float[] {1, -1}, 2, 1)).floats()));
      assertTrue(Arrays.equals(before, network.evaluate(images).logits().floats()));
    }
  }

  private static Tensor scores(int images, int asked, float weight) {
    float[] weights = new float[images * CLASSES];
    for (int i = 0; i < images; i++) {
      weights[i * CLASSES + asked] = weight;
    }
    return Tensor.ofFloats(weights, images, CLASSES);
  }

  private static Tensor images(int n, int channels, int side) {
    Random random = new Random(8);
    float[] pixels = new float[n * channels * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Tensor.ofFloats(pixels, n, channels, side, side);
  }

  private static double sum(float[] values, int from) {
    double sum = 0;
    for (int i = from; i < from + 9; i++) {
      sum += values[i];
    }
    return sum;
  }
}
