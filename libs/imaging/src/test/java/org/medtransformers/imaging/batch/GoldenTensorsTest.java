package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.transform.Box;

/** {@code ToTensor}, {@code Normalize} and {@code RandomErasing} against torchvision. */
class GoldenTensorsTest {

  @TestFactory
  List<DynamicTest> normalizedValuesAreTorchvisions() {
    return StreamSupport.stream(
            Golden.json("transforms/cases.json").path("tensors").spliterator(), false)
        .map(
            c ->
                dynamicTest(c.path("op").asText() + " " + c.path("input").asText(), () -> check(c)))
        .toList();
  }

  private static void check(JsonNode golden) {
    List<Double> mean = numbers(golden.path("mean"));
    Image image = Golden.image("transforms/" + golden.path("input").asText(), mean.size());
    DatasetDescription description =
        new DatasetDescription(
            "golden",
            List.of(),
            Task.MULTI_CLASS,
            mean.size(),
            mean,
            numbers(golden.path("std")),
            TargetMetric.RECALL,
            true);
    float[] values = new float[image.data().length];
    PixelScale.normalized(description).convert(image, values);
    if (golden.path("op").asText().startsWith("random_erasing")) {
      erase(golden, image, values);
    }
    List<Double> first = numbers(golden.path("first10"));
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i), values[i], 1e-5);
    }
    checkStatistics(golden, values, image.height() * image.width());
  }

  private static void erase(JsonNode golden, Image image, float[] values) {
    Box box =
        new Box(
            golden.path("top").asInt(),
            golden.path("left").asInt(),
            golden.path("height").asInt(),
            golden.path("width").asInt());
    Erasing.fill(values, image, box, (float) golden.path("value").asDouble());
    int corner = box.top() * image.width() + box.left();
    for (int c = 0; c < image.channels(); c++) {
      int at = c * image.height() * image.width() + corner;
      assertEquals(golden.path("value_at_top_left_of_box").path(c).asDouble(), values[at]);
      assertEquals(
          golden.path("value_left_of_box_or_null").path(c).asDouble(), values[at - 1], 1e-5);
    }
  }

  private static void checkStatistics(JsonNode golden, float[] values, int plane) {
    for (int c = 0; c < values.length / plane; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
      double norm = golden.path("channel_l2").path(c).asDouble();
      assertEquals(golden.path("channel_mean").path(c).asDouble(), sum / plane, 1e-5);
      assertEquals(norm, Math.sqrt(squares), 1e-5 * norm);
    }
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(n -> numbers.add(n.asDouble()));
    return numbers;
  }
}
