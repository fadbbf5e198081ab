package org.medtransformers.learning.model;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.Backbone;

/**
 * The shapes of a residual network, He et al., 2015, table 1, with torchvision's names and
 * initialisation.
 *
 * @param width of the stem and the first stage, doubled from stage to stage
 * @param blocks residual blocks per stage
 * @param bottleneck three convolutions per block instead of two
 */
record ResNet(int width, List<Integer> blocks, boolean bottleneck) {
  private static final int EXPANSION = 4;

  static ResNet of(Backbone backbone) {
    return switch (backbone) {
      case RESNET18 -> new ResNet(64, List.of(2, 2, 2, 2), false);
      case RESNET34 -> new ResNet(64, List.of(3, 4, 6, 3), false);
      case RESNET50 -> new ResNet(64, List.of(3, 4, 6, 3), true);
      case RESNET101 -> new ResNet(64, List.of(3, 4, 23, 3), true);
      case RESNET152 -> new ResNet(64, List.of(3, 8, 36, 3), true);
      case TEST_RESNET -> new ResNet(8, List.of(1, 1, 1, 1), false);
      case DEIT_TINY, DEIT_SMALL, DEIT_BASE, VIT_BASE, TEST_VIT ->
          throw new IllegalArgumentException(backbone + " is no residual network");
    };
  }

  /** Length of the embedding. */
  int features() {
    return width(blocks.size() - 1) * (bottleneck ? EXPANSION : 1);
  }

  /** See {@link ModelSpec#layersAbove}. */
  static int layersAbove(String name) {
    int stages = 4;
    for (int stage = 1; stage <= stages; stage++) {
      if (name.startsWith("backbone.layer" + stage + ".")) {
        return 1 + stages - stage;
      }
    }
    return name.startsWith("backbone.") ? 1 + stages : 0;
  }

  List<TensorSpec> tensors(int channels) {
    List<TensorSpec> tensors = new ArrayList<>();
    addConvolution(tensors, "backbone.conv1", channels, width, 7);
    tensors.addAll(TensorSpec.batchNorm("backbone.bn1", width));
    int inputs = width;
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        String name = "backbone.layer" + (stage + 1) + "." + block;
        inputs = addBlock(tensors, name, inputs, width(stage), block == 0 && stage > 0);
      }
    }
    return tensors;
  }

  private int addBlock(
      List<TensorSpec> to, String name, int inputs, int width, boolean halvesResolution) {
    int outputs = bottleneck ? width * EXPANSION : width;
    addConvolution(to, name + ".conv1", inputs, width, bottleneck ? 1 : 3);
    to.addAll(TensorSpec.batchNorm(name + ".bn1", width));
    addConvolution(to, name + ".conv2", width, width, 3);
    to.addAll(TensorSpec.batchNorm(name + ".bn2", width));
    if (bottleneck) {
      addConvolution(to, name + ".conv3", width, outputs, 1);
      to.addAll(TensorSpec.batchNorm(name + ".bn3", outputs));
    }
    if (halvesResolution || inputs != outputs) {
      addConvolution(to, name + ".downsample.0", inputs, outputs, 1);
      to.addAll(TensorSpec.batchNorm(name + ".downsample.1", outputs));
    }
    return outputs;
  }

  /** Of one image; see {@link NetworkSize}. */
  long multiplyAdds(int channels, int height, int width) {
    long positions = positions(height, width, 2);
    long sum = positions * convolution(channels, this.width, 7);
    int inputs = this.width;
    for (int stage = 0; stage < blocks.size(); stage++) {
      // The stem and the pooling behind it halve the resolution, and so does each stage but one.
      int stride = 4 << stage;
      for (int block = 0; block < blocks.get(stage); block++) {
        int before = block == 0 && stage > 0 ? stride / 2 : stride;
        sum +=
            block(
                inputs,
                width(stage),
                positions(height, width, before),
                positions(height, width, stride));
        inputs = bottleneck ? width(stage) * EXPANSION : width(stage);
      }
    }
    return sum;
  }

  /**
   * @param large pixels of what comes in
   * @param small pixels of what goes out: fewer, where the block halves the resolution
   */
  private long block(int inputs, int width, long large, long small) {
    int outputs = bottleneck ? width * EXPANSION : width;
    long branch =
        bottleneck
            ? large * convolution(inputs, width, 1)
                + small * convolution(width, width, 3)
                + small * convolution(width, outputs, 1)
            : small * convolution(inputs, width, 3) + small * convolution(width, width, 3);
    boolean projects = large != small || inputs != outputs;
    return branch + (projects ? small * convolution(inputs, outputs, 1) : 0);
  }

  private static long convolution(int inputs, int outputs, int kernel) {
    return (long) inputs * outputs * kernel * kernel;
  }

  /** Each halving rounds up. */
  private static long positions(int height, int width, int stride) {
    return ((height - 1L) / stride + 1) * ((width - 1L) / stride + 1);
  }

  private int width(int stage) {
    return width << stage;
  }

  private static void addConvolution(
      List<TensorSpec> to, String name, int inputs, int outputs, int kernel) {
    to.add(
        TensorSpec.parameter(
            name + ".weight",
            Init.kaimingFanOut(outputs, kernel),
            outputs,
            inputs,
            kernel,
            kernel));
  }
}
