package org.medtransformers.learning.model;

/** How a tensor is filled before training. */
public sealed interface Init {
  /** Normal with mean 0. */
  record Normal(double std) implements Init {}

  /** Uniform in [-bound, bound). */
  record Uniform(double bound) implements Init {}

  record Constant(double value) implements Init {}

  /**
   * For a convolution followed by ReLU, by the size of its output: std = sqrt(2 / fan out). Delving
   * Deep into Rectifiers, He et al., 2015, section 2.2.
   */
  static Init kaimingFanOut(long outputs, long kernel) {
    return new Normal(Math.sqrt(2.0 / (double) (outputs * kernel * kernel)));
  }

  /** PyTorch's default for weights and biases of linear and convolutional layers. */
  static Init fanIn(long fanIn) {
    return new Uniform(1 / Math.sqrt((double) fanIn));
  }

  /**
   * timm's default for transformers. It truncates at ±2, a hundred standard deviations, so nothing
   * is ever cut off.
   */
  static Init transformer() {
    return new Normal(0.02);
  }
}
