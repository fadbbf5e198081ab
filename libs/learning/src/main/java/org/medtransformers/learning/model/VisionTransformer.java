package org.medtransformers.learning.model;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.Backbone;

/**
 * The shapes of a vision transformer, Touvron et al., 2020, table 1, with timm's names and
 * initialisation. All have heads of 64 features and an MLP of 4 times the width.
 *
 * @param features width, and length of the embedding
 * @param depth number of blocks
 */
record VisionTransformer(int features, int depth) {
  private static final int MLP_RATIO = 4;

  static VisionTransformer of(Backbone backbone) {
    return switch (backbone) {
      case DEIT_TINY -> new VisionTransformer(192, 12);
      case DEIT_SMALL -> new VisionTransformer(384, 12);
      case DEIT_BASE, VIT_BASE -> new VisionTransformer(768, 12);
      case TEST_VIT -> new VisionTransformer(64, 3);
      case RESNET18, RESNET34, RESNET50, RESNET101, RESNET152, TEST_RESNET ->
          throw new IllegalArgumentException(backbone + " is no vision transformer");
    };
  }

  /** See {@link ModelSpec#layersAbove}. */
  int layersAbove(String name) {
    for (int block = 0; block < depth; block++) {
      if (name.startsWith("backbone.blocks." + block + ".")) {
        return depth - block;
      }
    }
    boolean top = !name.startsWith("backbone.") || name.startsWith("backbone.norm.");
    return top ? 0 : depth + 1;
  }

  List<TensorSpec> tensors(int channels, int imageSize, int patchSize) {
    long grid = imageSize / patchSize;
    List<TensorSpec> tensors = new ArrayList<>();
    tensors.add(TensorSpec.parameter("backbone.cls_token", Init.transformer(), 1, 1, features));
    tensors.add(
        TensorSpec.parameter(
            "backbone.pos_embed", Init.transformer(), 1, 1 + grid * grid, features));
    String patch = "backbone.patch_embed.proj";
    Init patchInit = Init.fanIn((long) channels * patchSize * patchSize);
    tensors.add(
        TensorSpec.parameter(
            patch + ".weight", patchInit, features, channels, patchSize, patchSize));
    tensors.add(TensorSpec.parameter(patch + ".bias", patchInit, features));
    for (int block = 0; block < depth; block++) {
      addBlock(tensors, "backbone.blocks." + block);
    }
    addLayerNorm(tensors, "backbone.norm");
    return tensors;
  }

  /** Of one image; see {@link NetworkSize}. */
  long multiplyAdds(int channels, int height, int width, int patchSize) {
    long patches = (long) (height / patchSize) * (width / patchSize);
    long tokens = patches + 1;
    long embedding = patches * features * channels * patchSize * patchSize;
    long projections = tokens * features * features * (3 + 1);
    long products = 2 * tokens * tokens * features;
    long perceptron = 2 * tokens * features * features * MLP_RATIO;
    return embedding + depth * (projections + products + perceptron);
  }

  private void addBlock(List<TensorSpec> to, String name) {
    addLayerNorm(to, name + ".norm1");
    addLinear(to, name + ".attn.qkv", features, 3 * features);
    addLinear(to, name + ".attn.proj", features, features);
    addLayerNorm(to, name + ".norm2");
    addLinear(to, name + ".mlp.fc1", features, MLP_RATIO * features);
    addLinear(to, name + ".mlp.fc2", MLP_RATIO * features, features);
  }

  private void addLayerNorm(List<TensorSpec> to, String name) {
    to.add(TensorSpec.parameter(name + ".weight", new Init.Constant(1), features));
    to.add(TensorSpec.parameter(name + ".bias", new Init.Constant(0), features));
  }

  private static void addLinear(List<TensorSpec> to, String name, int inputs, int outputs) {
    to.add(TensorSpec.parameter(name + ".weight", Init.transformer(), outputs, inputs));
    to.add(TensorSpec.parameter(name + ".bias", new Init.Constant(0), outputs));
  }
}
