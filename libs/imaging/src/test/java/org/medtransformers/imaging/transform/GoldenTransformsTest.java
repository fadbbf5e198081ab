package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.transform.Geometry.Point;

/** Every operation against torchvision 0.14.1 on PIL 9.4.0, all channels of all pixels. */
class GoldenTransformsTest {
  private static final JsonNode CASES = Golden.json("transforms/cases.json");

  @TestFactory
  List<DynamicTest> operationGivesTheBytesOfPil() {
    return StreamSupport.stream(CASES.path("images").spliterator(), false)
        .map(c -> dynamicTest(c.path("expected").asText(), () -> check(c)))
        .toList();
  }

  private static void check(JsonNode golden) {
    int channels = golden.path("mode").asText().equals("L") ? 1 : 3;
    Image image = Golden.image("transforms/" + golden.path("input").asText(), channels);
    Image expected = Golden.image("transforms/" + golden.path("expected").asText(), channels);
    for (Operation operation : operations(golden, image)) {
      image = operation.apply(image);
    }
    assertEquals("", difference(expected, image));
  }

  private static String difference(Image expected, Image actual) {
    if (!expected.toString().equals(actual.toString())) {
      return "expected " + expected + ", was " + actual;
    }
    int differing = 0;
    int largest = 0;
    for (int i = 0; i < expected.data().length; i++) {
      int d = Math.abs((expected.data()[i] & 0xFF) - (actual.data()[i] & 0xFF));
      differing += d > 0 ? 1 : 0;
      largest = Math.max(largest, d);
    }
    return differing == 0 ? "" : differing + " values differ, by up to " + largest;
  }

  private static List<Operation> operations(JsonNode golden, Image image) {
    JsonNode a = golden.path("args");
    return switch (golden.path("op").asText()) {
      case "resize" -> List.of(resize(a, image));
      case "resized_crop" ->
          List.of(
              new Operation.ResizedCrop(
                  box(a, 0), a.path("size").asInt(), a.path("size").asInt(), filter(a)));
      case "center_crop" ->
          List.of(new Operation.CenterCrop(a.path("height").asInt(), a.path("width").asInt()));
      case "hflip" -> List.of(new Operation.HorizontalFlip());
      case "vflip" -> List.of(new Operation.VerticalFlip());
      case "rotate" ->
          List.of(new Operation.Rotation(a.path("angle_degrees_counterclockwise").asDouble()));
      case "adjust_brightness" -> List.of(new Operation.Brightness(a.path("factor").asDouble()));
      case "adjust_contrast" -> List.of(new Operation.Contrast(a.path("factor").asDouble()));
      case "adjust_saturation" -> List.of(new Operation.Saturation(a.path("factor").asDouble()));
      case "adjust_hue" -> List.of(new Operation.HueShift(a.path("factor").asDouble()));
      case "grayscale" -> List.of(new Operation.Grayscale());
      case "gaussian_blur" -> List.of(new Operation.GaussianBlur(a.path("radius").asDouble()));
      case "solarize" -> List.of(new Operation.Solarize(a.path("threshold").asInt()));
      case "affine" ->
          List.of(new Operation.Affine(numbers(a.path("inverse_matrix_row_major_2x3"))));
      case "perspective" ->
          List.of(new Operation.Perspective(numbers(a.path("pil_coefficients_a_to_h"))));
      case "random_crop_padding" -> List.of(new Operation.Crop(box(a, a.path("padding").asInt())));
      case "color_jitter" -> jitter(a);
      case "val_pipeline_resize_center_crop" ->
          List.of(
              new Operation.Resize(
                  a.path("resize").path(0).asInt(), a.path("resize").path(1).asInt()),
              new Operation.CenterCrop(
                  a.path("center_crop").asInt(), a.path("center_crop").asInt()));
      default -> throw new IllegalArgumentException(golden.path("op").asText());
    };
  }

  private static Operation resize(JsonNode a, Image image) {
    return new Operation.ResizedCrop(
        new Box(0, 0, image.height(), image.width()),
        a.path("height").asInt(),
        a.path("width").asInt(),
        filter(a));
  }

  private static Box box(JsonNode a, int padding) {
    return new Box(
        a.path("top").asInt() - padding,
        a.path("left").asInt() - padding,
        a.path("height").asInt(a.path("size").asInt()),
        a.path("width").asInt(a.path("size").asInt()));
  }

  private static Filter filter(JsonNode a) {
    return Filter.valueOf(a.path("interpolation").asText().toUpperCase(Locale.ROOT));
  }

  private static List<Operation> jitter(JsonNode a) {
    List<Operation> byNumber =
        List.of(
            new Operation.Brightness(a.path("brightness").asDouble()),
            new Operation.Contrast(a.path("contrast").asDouble()),
            new Operation.Saturation(a.path("saturation").asDouble()),
            new Operation.HueShift(a.path("hue").asDouble()));
    List<Operation> operations = new ArrayList<>();
    a.path("order_0brightness_1contrast_2saturation_3hue")
        .forEach(n -> operations.add(byNumber.get(n.asInt())));
    return operations;
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble).toList();
  }

  @Test
  void affineMatrixIsTorchvisions() {
    JsonNode a = argumentsOf("srcA_affine_1.png");
    List<Double> matrix =
        Geometry.affine(83, 97, 10, new Point(5, -3), a.path("scale").asDouble(), new Point(8, 0));
    assertClose(numbers(a.path("inverse_matrix_row_major_2x3")), matrix, 1e-8);
  }

  @Test
  void perspectiveCoefficientsMapEndPointsToStartPoints() {
    JsonNode a = argumentsOf("srcA_perspective_1.png");
    List<Double> coefficients =
        Geometry.perspective(points(a.path("startpoints")), points(a.path("endpoints")));
    // torchvision solves in single precision.
    assertClose(numbers(a.path("pil_coefficients_a_to_h")), coefficients, 1e-4);
  }

  private static JsonNode argumentsOf(String expected) {
    return StreamSupport.stream(CASES.path("images").spliterator(), false)
        .filter(c -> c.path("expected").asText().equals(expected))
        .findFirst()
        .orElseThrow()
        .path("args");
  }

  private static List<Point> points(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(p -> new Point(p.path(0).asDouble(), p.path(1).asDouble()))
        .toList();
  }

  private static void assertClose(List<Double> expected, List<Double> actual, double relative) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), relative * (1 + Math.abs(expected.get(i))));
    }
  }
}
