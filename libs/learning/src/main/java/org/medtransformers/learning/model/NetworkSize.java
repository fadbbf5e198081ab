package org.medtransformers.learning.model;

import org.medtransformers.contracts.tensor.Tensor;

/**
 * How large a network is, as papers say it: of its backbone, and of a linear head above it. Heads
 * that are there to learn without labels are left out, because nobody uses them afterwards.
 *
 * @param parameters numbers that are trained
 * @param multiplyAdds of one image: products of convolutions, linear layers, and queries with keys
 *     and weights with values in attention; additions of biases, norms, activations and pooling are
 *     not counted, and shortcuts in how we compute them do not matter
 */
public record NetworkSize(long parameters, long multiplyAdds) {
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  /**
   * The size of {@code model}.
   *
   * @param images [n, channels, height, width]
   */
  public static NetworkSize of(ModelSpec model, Tensor images) {
    model.requireImages(images);
    return of(
        model,
        Math.toIntExact(images.shape().get(HEIGHT)),
        Math.toIntExact(images.shape().get(WIDTH)));
  }

  static NetworkSize of(ModelSpec model, int height, int width) {
    boolean classifies = model.head() instanceof Head.Linear;
    long parameters =
        model.tensors().stream()
            .filter(TensorSpec::trained)
            .filter(tensor -> classifies || tensor.name().startsWith("backbone."))
            .mapToLong(TensorSpec::elements)
            .sum();
    long head = classifies ? (long) model.features() * model.outputs() : 0;
    long backbone =
        model.residual()
            ? ResNet.of(model.backbone()).multiplyAdds(model.channels(), height, width)
            : VisionTransformer.of(model.backbone())
                .multiplyAdds(model.channels(), height, width, model.patchSize());
    return new NetworkSize(parameters, backbone + head);
  }
}
