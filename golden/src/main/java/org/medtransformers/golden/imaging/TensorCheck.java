package org.medtransformers.golden.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.batch.Erasing;
import org.medtransformers.imaging.batch.PixelScale;
import org.medtransformers.imaging.transform.Box;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Compares {@code ToTensor}, {@code Normalize} and {@code RandomErasing} with torchvision's. */
record TensorCheck(Section entry, Image image) {
  /** What a division in single precision may differ by. */
  private static final Tolerance PER_VALUE = Tolerance.absolute(1e-5);

  private static final Tolerance PER_NORM = Tolerance.relative(1e-5);

  void run() {
    float[] values = new float[image.data().length];
    PixelScale.normalized(description()).convert(image, values);
    JsonNode op = entry.take("op");
    switch (op.asText()) {
      case "to_tensor_normalize" -> {}
      case "random_erasing_after_normalize" -> erase(values);
      default -> throw Operations.unknown(op);
    }
    int plane = image.height() * image.width();
    for (String key : entry.keys()) {
      if (key.equals("shape_chw")) {
        double[] shape = {image.channels(), image.height(), image.width()};
        entry.compare(key, shape, Tolerance.EXACT);
      } else if (key.matches("first[1-9][0-9]{0,4}")) {
        int count = Integer.parseInt(key.substring("first".length()));
        float[] first = Arrays.copyOf(values, Math.min(count, values.length));
        entry.compare(key, Numbers.doubles(first), PER_VALUE);
      } else if (key.equals("channel_mean")) {
        entry.compare(key, perChannel(c -> mean(values, c * plane, plane)), PER_VALUE);
      } else if (key.equals("channel_l2")) {
        entry.compare(key, perChannel(c -> norm(values, c * plane, plane)), PER_NORM);
      }
    }
  }

  private void erase(float[] values) {
    Box box = new Box(whole("top"), whole("left"), whole("height"), whole("width"));
    double value = Numbers.one(entry.take("value"), entry.path("value"));
    Erasing.fill(values, image, box, (float) value);
    int plane = image.height() * image.width();
    int corner = box.top() * image.width() + box.left();
    entry.compare(
        "value_at_top_left_of_box", perChannel(c -> values[c * plane + corner]), PER_VALUE);
    if (box.left() > 0) {
      entry.compare(
          "value_left_of_box_or_null", perChannel(c -> values[c * plane + corner - 1]), PER_VALUE);
    } else {
      entry.informational("value_left_of_box_or_null");
    }
  }

  private DatasetDescription description() {
    List<Double> mean = numbers("mean");
    return new DatasetDescription(
        "golden",
        List.of(),
        Task.MULTI_CLASS,
        mean.size(),
        mean,
        numbers("std"),
        TargetMetric.RECALL,
        true);
  }

  private List<Double> numbers(String key) {
    return Arrays.stream(Numbers.of(entry.take(key), entry.path(key))).boxed().toList();
  }

  private int whole(String key) {
    return Numbers.whole(entry.take(key), entry.path(key), 0, Short.MAX_VALUE);
  }

  private double[] perChannel(IntToDoubleFunction value) {
    double[] values = new double[image.channels()];
    Arrays.setAll(values, value);
    return values;
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  private static double norm(float[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
