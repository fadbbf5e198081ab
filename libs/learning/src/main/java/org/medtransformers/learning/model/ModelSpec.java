package org.medtransformers.learning.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * A backbone and its head.
 *
 * @param channels of the images, 1 or 3
 * @param imageSize side in pixels for which position embeddings are made; vision transformers only
 * @param patchSize side in pixels; vision transformers only
 * @param dropPathRate of the last block, in [0, 1); vision transformers only
 */
public record ModelSpec(
    Backbone backbone, int channels, Head head, int imageSize, int patchSize, double dropPathRate) {
  /** Pixels of the image per pixel of a residual network's last feature map. */
  public static final int RESNET_STRIDE = 32;

  public ModelSpec {
    require(channels == 1 || channels == 3, "channels", channels, "1 or 3");
    require(head.outputs() >= 1, "outputs", head.outputs(), "1 or more");
    require(dropPathRate >= 0 && dropPathRate < 1, "drop_path_rate", dropPathRate, "0 to 1");
    if (backbone.family() == Backbone.Family.VISION_TRANSFORMER) {
      require(
          patchSize > 0 && imageSize >= patchSize && imageSize % patchSize == 0,
          "patch_size",
          patchSize,
          "a divisor of img_size " + imageSize);
    }
  }

  /** A classifier. */
  public ModelSpec(
      Backbone backbone,
      int channels,
      int outputs,
      int imageSize,
      int patchSize,
      double dropPathRate) {
    this(backbone, channels, new Head.Linear(outputs), imageSize, patchSize, dropPathRate);
  }

  /** A residual network that classifies. */
  public static ModelSpec resnet(Backbone backbone, int channels, int outputs) {
    return resnet(backbone, channels, new Head.Linear(outputs));
  }

  /** A residual network. */
  public static ModelSpec resnet(Backbone backbone, int channels, Head head) {
    return new ModelSpec(backbone, channels, head, 0, 0, 0);
  }

  /** Length of what the head gives; logits of a classifier. */
  public int outputs() {
    return head.outputs();
  }

  /** The part of the network that a teacher has, too. */
  public ModelSpec taught() {
    return head instanceof Head.Projector projector
        ? new ModelSpec(
            backbone, channels, projector.withoutPredictor(), imageSize, patchSize, dropPathRate)
        : this;
  }

  public boolean residual() {
    return backbone.family() == Backbone.Family.RESNET;
  }

  /** Length of an embedding. */
  public int features() {
    return residual() ? ResNet.of(backbone).features() : VisionTransformer.of(backbone).features();
  }

  /** The whole state in PyTorch's order: backbone, head, predictor. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors =
        new ArrayList<>(
            residual()
                ? ResNet.of(backbone).tensors(channels)
                : VisionTransformer.of(backbone).tensors(channels, imageSize, patchSize));
    tensors.addAll(head.tensors(features()));
    return List.copyOf(tensors);
  }

  /**
   * How many layers lie between the tensor called {@code name} and the logits: 0 for the head.
   * Layers are the blocks of a transformer, its embeddings below them (Bao et al., 2021, BEiT), and
   * the stem and stages of a residual network.
   */
  public int layersAbove(String name) {
    return residual() ? ResNet.layersAbove(name) : VisionTransformer.of(backbone).layersAbove(name);
  }

  /** Random numbers per image and step that drop path takes; 0 without drop path. */
  public int dropPathDraws() {
    return residual() || dropPathRate == 0 ? 0 : 2 * VisionTransformer.of(backbone).depth();
  }

  /**
   * Makes sure that {@code found} is the state of such a network.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if a name, shape or type
   *     differs
   */
  public void requireState(Map<String, Tensor> found) {
    List<TensorSpec> wanted = tensors();
    List<String> wrong = new ArrayList<>();
    for (TensorSpec tensor : wanted) {
      tensor.mismatch(found.get(tensor.name())).ifPresent(wrong::add);
    }
    Set<String> unknown = new LinkedHashSet<>(found.keySet());
    wanted.forEach(tensor -> unknown.remove(tensor.name()));
    unknown.forEach(name -> wrong.add(name + " is not wanted"));
    if (!wrong.isEmpty()) {
      throw MedtransException.of(
          ErrorCode.CHECKPOINT_UNREADABLE,
          "weights do not fit %s: %s"
              .formatted(
                  backbone.label(), wrong.stream().limit(5).collect(Collectors.joining("; "))));
    }
  }

  /** Throws {@link MedtransException} unless {@code images} are [n, channels, height, width]. */
  public void requireImages(Tensor images) {
    if (images.shape().size() != 4 || images.shape().get(1) != channels) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "images are " + images.shape() + ", the network takes " + channels + " channels");
    }
  }

  private static void require(boolean holds, String key, Object found, String allowed) {
    if (!holds) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, key + ": found " + found + ", allowed is " + allowed);
    }
  }
}
