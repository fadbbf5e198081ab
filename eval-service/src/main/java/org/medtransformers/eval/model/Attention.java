package org.medtransformers.eval.model;

import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.plots.attention.HeatMap;
import org.medtransformers.plots.attention.Overlay;
import org.medtransformers.plots.attention.ShownImage;

/**
 * What a network looks at: the attention of a transformer's class token, Grad-CAM of a residual
 * network for the class that it predicts.
 */
public final class Attention {
  private Attention() {}

  /** Grad-CAM explains a class, and a residual network without a classifier has none. */
  public static boolean isShown(ModelSpec model) {
    return !model.residual() || model.head() instanceof Head.Linear;
  }

  /**
   * PNG of an image with the heat over it.
   *
   * @param normalised whether {@code view} was normalised by the data set's mean and deviation
   * @param probabilities that the network gives the classes
   * @param view F32 [1, channels, height, width]
   * @param caption lines below the image
   */
  public static byte[] picture(
      Network network,
      DatasetDescription dataset,
      boolean normalised,
      List<Double> probabilities,
      Tensor view,
      List<String> caption) {
    return Overlay.png(
        shown(dataset, normalised, view), heat(network, probabilities, view), caption);
  }

  /** The number of the likeliest class. */
  private static int likeliest(List<Double> probabilities) {
    return probabilities.indexOf(Collections.max(probabilities));
  }

  private static BufferedImage shown(DatasetDescription dataset, boolean normalised, Tensor view) {
    int channels = dataset.channels();
    return ShownImage.of(
        view.floats(),
        Math.toIntExact(view.shape().get(2)),
        Math.toIntExact(view.shape().get(3)),
        normalised ? dataset.mean() : Collections.nCopies(channels, 0.0),
        normalised ? dataset.std() : Collections.nCopies(channels, 1.0));
  }

  private static HeatMap heat(Network network, List<Double> probabilities, Tensor view) {
    if (network.spec().residual()) {
      Tensor map = network.gradCam(view, score(network.spec(), probabilities));
      return new HeatMap(
          map.floats(), Math.toIntExact(map.shape().get(1)), Math.toIntExact(map.shape().get(2)));
    }
    return meanOverHeads(network.classAttention(view));
  }

  /** The logit of the class that is predicted; where a single one speaks for two, its opposite. */
  private static Tensor score(ModelSpec model, List<Double> probabilities) {
    float[] weights = new float[model.outputs()];
    int predicted = likeliest(probabilities);
    if (weights.length < probabilities.size()) {
      weights[0] = predicted == 0 ? -1 : 1;
    } else {
      weights[predicted] = 1;
    }
    return Tensor.ofFloats(weights, 1, weights.length);
  }

  /**
   * The class token's attention to the patches, without that to itself.
   *
   * @param attention F32 [1, heads, 1 + patches], patches in a square
   */
  static HeatMap meanOverHeads(Tensor attention) {
    int heads = Math.toIntExact(attention.shape().get(1));
    int tokens = Math.toIntExact(attention.shape().get(2));
    int side = (int) Math.round(Math.sqrt(tokens - 1));
    float[] values = attention.floats();
    float[] mean = new float[side * side];
    for (int head = 0; head < heads; head++) {
      for (int patch = 0; patch < mean.length; patch++) {
        mean[patch] += values[head * tokens + 1 + patch] / heads;
      }
    }
    return new HeatMap(mean, side, side);
  }
}
