package org.medtransformers.learning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.tensor.Tensor;

/** First values are distributed as PyTorch's and depend on seed and name alone. */
class InitializerTest {
  private static final Map<String, Tensor> RESNET =
      Initializer.initialise(ModelSpec.resnet(Backbone.RESNET50, 3, 5), 11);
  private static final Map<String, Tensor> TRANSFORMER =
      Initializer.initialise(new ModelSpec(Backbone.DEIT_TINY, 3, 5, 64, 16, 0), 11);

  @ParameterizedTest
  @CsvSource({
    // sqrt(2 / (outputs * kernel * kernel))
    "backbone.conv1.weight, 0.02525381361",
    "backbone.layer1.0.conv2.weight, 0.05892556510",
    "backbone.layer4.2.conv3.weight, 0.03125",
  })
  void convolutionsAreNormalByFanOut(String name, double std) {
    assertDistribution(RESNET.get(name).floats(), std, 3);
  }

  @ParameterizedTest
  @CsvSource({"backbone.pos_embed", "backbone.blocks.3.attn.qkv.weight", "backbone.cls_token"})
  void transformerWeightsAreNormalWithTimmsDeviation(String name) {
    assertDistribution(TRANSFORMER.get(name).floats(), 0.02, 3);
  }

  @Test
  void headAndPatchesAreUniformByFanIn() {
    assertUniform(RESNET.get("fc.weight").floats(), 1 / Math.sqrt(2048));
    assertUniform(TRANSFORMER.get("backbone.patch_embed.proj.weight").floats(), 1 / Math.sqrt(768));
  }

  @Test
  void normsStartNeutral() {
    assertArrayEquals(new float[] {1, 1}, first(RESNET.get("backbone.bn1.weight")));
    assertArrayEquals(new float[] {0, 0}, first(RESNET.get("backbone.bn1.running_mean")));
    assertArrayEquals(new float[] {1, 1}, first(RESNET.get("backbone.bn1.running_var")));
    assertArrayEquals(new float[] {0, 0}, first(TRANSFORMER.get("backbone.norm.bias")));
    assertEquals(0, RESNET.get("backbone.bn1.num_batches_tracked").longs()[0]);
  }

  @Test
  void valuesDependOnSeedAndNameAlone() {
    Map<String, Tensor> again =
        Initializer.initialise(new ModelSpec(Backbone.DEIT_TINY, 1, 9, 64, 16, 0), 11);
    String name = "backbone.blocks.0.mlp.fc1.weight";
    assertEquals(TRANSFORMER.get(name), again.get(name));
    Map<String, Tensor> other =
        Initializer.initialise(new ModelSpec(Backbone.DEIT_TINY, 3, 5, 64, 16, 0), 12);
    assertFalse(TRANSFORMER.get(name).equals(other.get(name)));
    assertFalse(TRANSFORMER.get(name).equals(TRANSFORMER.get("backbone.blocks.1.mlp.fc1.weight")));
  }

  /** Parameter counts as torchvision and timm publish them, with 1000 classes. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "deit_tiny, 5717416",
    "deit_small, 22050664",
    "deit_base, 86567656",
    "vit_base, 86567656",
  })
  void networksHaveThePublishedNumberOfParameters(String name, long published) {
    Backbone backbone = Backbone.of(name);
    ModelSpec model =
        backbone.family() == Backbone.Family.RESNET
            ? ModelSpec.resnet(backbone, 3, 1000)
            : new ModelSpec(backbone, 3, 1000, 224, 16, 0);
    assertEquals(
        published,
        model.tensors().stream().filter(TensorSpec::trained).mapToLong(TensorSpec::elements).sum());
  }

  /** Mean and deviation within {@code sigmas} of their own standard errors. */
  private static void assertDistribution(float[] values, double std, double sigmas) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double n = values.length;
    assertEquals(0, sum / n, sigmas * std / Math.sqrt(n));
    assertEquals(std, Math.sqrt(squares / n), sigmas * std / Math.sqrt(2 * n));
  }

  private static void assertUniform(float[] values, double bound) {
    assertDistribution(values, bound / Math.sqrt(3), 3);
    for (float value : values) {
      assertTrue(Math.abs(value) <= (float) bound, () -> value + " outside " + bound);
    }
  }

  private static float[] first(Tensor tensor) {
    float[] values = tensor.floats();
    return new float[] {values[0], values[1]};
  }
}
