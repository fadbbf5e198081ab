package org.medtransformers.learning.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Images, each in one view or several, and what they show.
 *
 * @param views of the images, each F32 [n, channels, height, width], normalised
 * @param labels I64 [n] for several classes; F32 of 0 and 1, [n, 1] for one logit and [n, classes]
 *     where an image may show several
 */
public record Batch(List<Tensor> views, Tensor labels) {
  public Batch {
    views = List.copyOf(views);
    if (views.isEmpty()) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, "a batch has one view or more");
    }
    for (Tensor images : views) {
      if (images.dtype() != DType.F32 || images.shape().size() != 4 || images.elements() == 0) {
        throw invalid("images", images, "F32 [n, channels, height, width]");
      }
    }
    long n = views.get(0).shape().get(0);
    if (views.stream().anyMatch(images -> images.shape().get(0) != n)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "the views of a batch do not have the same number of images");
    }
    boolean classes = labels.dtype() == DType.I64 && labels.shape().equals(List.of(n));
    boolean findings =
        labels.dtype() == DType.F32
            && labels.shape().size() == 2
            && labels.shape().get(0) == n
            && labels.shape().get(1) > 0;
    if (!classes && !findings) {
      throw invalid("labels", labels, "I64 [%d] or F32 [%d, outputs]".formatted(n, n));
    }
  }

  /** Images in one view. */
  public Batch(Tensor images, Tensor labels) {
    this(List.of(images), labels);
  }

  /** Views for methods that do not look at labels; all are 0. */
  public static Batch unlabelled(List<Tensor> views) {
    int n = views.get(0).shape().get(0).intValue();
    return new Batch(views, Tensor.ofLongs(new long[n], n));
  }

  /**
   * The rows whose image has a label, ascending; a label below 0 says that it has none. Where an
   * image may show several findings all have one.
   */
  public int[] labelledRows() {
    int[] classes = task() == Task.MULTI_LABEL ? new int[size()] : classes();
    return IntStream.range(0, size()).filter(row -> classes[row] >= 0).toArray();
  }

  /** These rows alone; at least one. */
  public Batch rows(int[] rows) {
    return rows.length == size()
        ? this
        : new Batch(views.stream().map(view -> view.rows(rows)).toList(), labels.rows(rows));
  }

  /** The first view. */
  public Tensor images() {
    return views.get(0);
  }

  /** Number of images. */
  public int size() {
    return images().shape().get(0).intValue();
  }

  public Task task() {
    if (labels.dtype() == DType.I64) {
      return Task.MULTI_CLASS;
    }
    return labels.shape().get(1) == 1 ? Task.BINARY : Task.MULTI_LABEL;
  }

  /** The labels as whole numbers, [n], or [n, classes] row by row; what is none becomes -1. */
  public int[] classes() {
    int[] classes = new int[labels.elements()];
    if (task() == Task.MULTI_CLASS) {
      long[] values = labels.longs();
      Arrays.setAll(classes, i -> (int) values[i] == values[i] ? (int) values[i] : -1);
    } else {
      float[] values = labels.floats();
      Arrays.setAll(classes, i -> (int) values[i] == values[i] ? (int) values[i] : -1);
    }
    return classes;
  }

  /**
   * Throws {@link MedtransException} if the labels are not those of that many logits, or one lies
   * outside 0 to {@code outputs - 1}, or 0, 1.
   */
  public void requireLabelsFor(int outputs) {
    boolean fits =
        switch (task()) {
          case MULTI_CLASS -> outputs > 1;
          case BINARY, MULTI_LABEL -> labels.shape().get(1) == outputs;
        };
    if (!fits) {
      String several = "I64 [n] or F32 [n, " + outputs + "]";
      throw invalid("labels", labels, outputs == 1 ? "F32 [n, 1]" : several);
    }
    int highest = task() == Task.MULTI_CLASS ? outputs - 1 : 1;
    for (int label : classes()) {
      if (label < 0 || label > highest) {
        throw MedtransException.of(
            ErrorCode.LABEL_OUT_OF_RANGE,
            "label " + label + " in a batch, allowed is 0 to " + highest);
      }
    }
  }

  private static MedtransException invalid(String what, Tensor found, String allowed) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        what + " are " + found.dtype() + " " + found.shape() + ", allowed is " + allowed);
  }
}
