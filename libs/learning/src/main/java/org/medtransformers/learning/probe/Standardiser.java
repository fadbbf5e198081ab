package org.medtransformers.learning.probe;

import java.util.Arrays;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Shifts and scales features so that those of the training images have mean 0 and standard
 * deviation 1 (over n), as scikit-learn's {@code StandardScaler}; a constant feature becomes 0.
 */
final class Standardiser {
  private final double[] mean;
  private final double[] scale;

  private Standardiser(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /** Learns from features F32 [n, features]. */
  static Standardiser of(Tensor features) {
    int columns = features.shape().get(1).intValue();
    float[] values = features.floats();
    double n = features.shape().get(0);
    double[] mean = new double[columns];
    double[] scale = new double[columns];
    for (int i = 0; i < values.length; i++) {
      mean[i % columns] += values[i] / n;
    }
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - mean[i % columns];
      scale[i % columns] += difference * difference / n;
    }
    Arrays.setAll(scale, c -> scale[c] == 0 ? 1 : 1 / Math.sqrt(scale[c]));
    return new Standardiser(mean, scale);
  }

  /** Features F32 [n, features] → F32 [n, features + 1], the last being 1, for the bias. */
  Tensor apply(Tensor features) {
    int columns = mean.length;
    int n = features.shape().get(0).intValue();
    float[] values = features.floats();
    float[] scaled = new float[Math.multiplyExact(n, columns + 1)];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < columns; c++) {
        double centred = values[i * columns + c] - mean[c];
        scaled[i * (columns + 1) + c] = (float) (centred * scale[c]);
      }
      scaled[i * (columns + 1) + columns] = 1;
    }
    return Tensor.ofFloats(scaled, n, columns + 1);
  }
}
