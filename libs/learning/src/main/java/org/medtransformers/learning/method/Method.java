package org.medtransformers.learning.method;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Hyper;

/**
 * What a network learns from images: their labels, or with self-supervision nothing but that views
 * of one image belong together. The computation itself is in the kernel of the method's name; a
 * method here says what a training has to hold for it and what moves.
 */
public sealed interface Method permits Supervised, Dino, Byol, SimSiam {
  /** The kernel's name, and the value of {@code medtrans.method}. */
  String label();

  /** Constants of the kernel. */
  Map<String, Double> settings();

  /**
   * What holds for an update.
   *
   * @param plain what would hold without the method
   * @param update counted from 0
   * @param epoch counted from 0
   */
  Hyper at(Hyper plain, long update, long epoch);

  /** Makes sure that the views of a batch can be learned from. */
  void requireViews(List<Tensor> views);

  /** Those of a batch's views that are learned from. */
  default List<Tensor> taken(List<Tensor> views) {
    return views;
  }

  /** Whether a second network, the teacher or target, follows the one that learns. */
  default boolean hasTeacher() {
    return false;
  }

  /** Whether the teacher is what a training is for, rather than the network that learns. */
  default boolean evaluatesTeacher() {
    return false;
  }

  /** Whether the tensor called {@code name} has a learning rate of its own. */
  default boolean keepsApart(String name) {
    return false;
  }

  /** Whether each gradient is clipped by itself. */
  default boolean clipsEachTensor() {
    return false;
  }

  /** Length of the rows whose spread tells whether a training of {@code model} has collapsed. */
  default int comparedFeatures(ModelSpec model) {
    return model.outputs();
  }

  /** Makes sure that every batch of {@code loader} can be learned from. */
  default void requireBatches(LoaderInfo loader) {
    // Most methods take batches of any size.
  }

  /** What a training of {@code model} remembers besides its networks. */
  default List<TensorSpec> memory(ModelSpec model) {
    return List.of();
  }

  /**
   * Two images in every batch, the last one included.
   *
   * @param label of the method, for the message
   */
  static void requirePairs(String label, LoaderInfo loader) {
    int size = loader.spec().batchSize();
    if (loader.batches() > 0 && loader.images() - (loader.batches() - 1) * size < 2) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          ("dataloader_params.trainloader: with a batch_size of %d the last batch has one of the %d"
                  + " images, %s learns from 2 or more: set drop_last or another batch_size")
              .formatted(size, loader.images(), label));
    }
  }

  /**
   * Two views of one image each.
   *
   * @param label of the method, for the message
   */
  static void requireTwoViews(String label, List<Tensor> views) {
    if (views.size() != 2) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "%s learns from two views of each image, the batch has %d"
              .formatted(label, views.size()));
    }
    if (views.get(0).shape().get(0) < 2) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          label + ": a training batch of one image leaves batch norm one value per feature");
    }
  }
}
