package org.medtransformers.learning;

import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Images and what they show.
 *
 * @param images F32 [n, channels, height, width], normalised
 * @param labels I64 [n] for several classes, F32 [n, 1] of 0 and 1 for one logit
 */
public record Batch(Tensor images, Tensor labels) {
  public Batch {
    if (images.dtype() != DType.F32 || images.shape().size() != 4 || images.elements() == 0) {
      throw invalid("images", images, "F32 [n, channels, height, width]");
    }
    long n = images.shape().get(0);
    boolean classes = labels.dtype() == DType.I64 && labels.shape().equals(List.of(n));
    boolean binary = labels.dtype() == DType.F32 && labels.shape().equals(List.of(n, 1L));
    if (!classes && !binary) {
      throw invalid("labels", labels, "I64 [" + n + "] or F32 [" + n + ", 1]");
    }
  }

  /** The batch in a body of the data-service: its first view and the labels. */
  public static Batch of(Safetensors body) {
    return new Batch(body.get("view.0"), body.get("label"));
  }

  /** Number of images. */
  public int size() {
    return images.shape().get(0).intValue();
  }

  public Task task() {
    return labels.dtype() == DType.I64 ? Task.MULTI_CLASS : Task.BINARY;
  }

  /** The labels as whole numbers; what is none becomes -1. */
  public int[] classes() {
    int[] classes = new int[size()];
    if (task() == Task.MULTI_CLASS) {
      long[] values = labels.longs();
      Arrays.setAll(classes, i -> (int) values[i] == values[i] ? (int) values[i] : -1);
    } else {
      float[] values = labels.floats();
      Arrays.setAll(classes, i -> (int) values[i] == values[i] ? (int) values[i] : -1);
    }
    return classes;
  }

  /** Throws {@link MedtransException} if a label lies outside 0 to {@code outputs - 1}, or 0, 1. */
  public void requireLabelsFor(int outputs) {
    boolean binary = task() == Task.BINARY;
    if (binary != (outputs == 1)) {
      throw invalid("labels", labels, outputs == 1 ? "F32 [n, 1]" : "I64 [n]");
    }
    int highest = binary ? 1 : outputs - 1;
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
