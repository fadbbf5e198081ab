package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.imaging.Distribution;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.batch.Erasing;
import org.medtransformers.imaging.random.RandomStream;
import org.medtransformers.imaging.transform.Geometry.Point;

/**
 * Rectangles, offsets, matrices and corners are drawn as often as torchvision 0.14 draws them: each
 * number's distribution is compared with that of tens of thousands of its own draws.
 */
class TorchvisionDrawsTest {
  private static final int DRAWS = 20_000;
  private static final JsonNode GOLDEN = Golden.json("draws.json");

  @TestFactory
  Stream<DynamicTest> drawsFollowTorchvisions() {
    return StreamSupport.stream(GOLDEN.path("cases").spliterator(), false)
        .map(c -> DynamicTest.dynamicTest(name(c), () -> compare(c, c.path("args"))));
  }

  @TestFactory
  Stream<DynamicTest> otherParametersAreNoticed() {
    return StreamSupport.stream(GOLDEN.path("cases").spliterator(), false)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    name(c),
                    () -> assertThrows(AssertionError.class, () -> compare(c, slightlyOther(c)))));
  }

  @Test
  void everyTransformWithMoreThanOneNumberIsAmongThem() {
    assertEquals(
        List.of(
            "RandomResizedCrop",
            "RandomErasing",
            "RandomCrop",
            "RandomAffine",
            "RandomPerspective"),
        GOLDEN.path("cases").findValuesAsText("transform").stream().distinct().toList());
  }

  private static String name(JsonNode golden) {
    return "%s %dx%d %s"
        .formatted(
            golden.path("transform").asText(),
            golden.path("height").intValue(),
            golden.path("width").intValue(),
            golden.path("args"));
  }

  /** Arguments that differ by a tenth at most, or a pixel. */
  private static JsonNode slightlyOther(JsonNode golden) {
    ObjectNode args = golden.path("args").deepCopy();
    if (args.has("padding")) {
      args.put("padding", args.get("padding").intValue() + 1);
    } else if (args.has("distortion_scale")) {
      args.put("distortion_scale", 0.93 * args.get("distortion_scale").doubleValue());
    } else {
      double from = args.at("/scale/0").doubleValue();
      double to = args.at("/scale/1").doubleValue();
      args.set("scale", Json.tree(List.of(1.1 * from, 0.9 * to)));
    }
    return args;
  }

  private static void compare(JsonNode golden, JsonNode args) {
    Map<String, List<Double>> drawn = new LinkedHashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      RandomStream random = RandomStream.ofTransform(11, 0, i, 0, 0);
      draw(golden, args, random)
          .forEach((k, v) -> drawn.computeIfAbsent(k, x -> new ArrayList<>()).add(v));
    }
    golden
        .path("shares")
        .properties()
        .forEach(
            shares ->
                shares
                    .getValue()
                    .forEach(
                        s ->
                            Distribution.assertShareUpTo(
                                s.path(0).doubleValue(),
                                s.path(1).doubleValue(),
                                GOLDEN.path("draws").longValue(),
                                drawn.get(shares.getKey()),
                                shares.getKey())));
  }

  private static Map<String, Double> draw(JsonNode golden, JsonNode args, RandomStream random) {
    int height = golden.path("height").intValue();
    int width = golden.path("width").intValue();
    ObjectNode given = args.deepCopy();
    given.put("apply", true).put("p", 1);
    return switch (golden.path("transform").asText()) {
      case "RandomResizedCrop" ->
          box(
              RandomBox.draw(
                  height,
                  width,
                  args.at("/scale/0").doubleValue(),
                  args.at("/scale/1").doubleValue(),
                  random));
      case "RandomErasing" ->
          Erasing.draw(Json.convert(given, Transforms.RandomErasing.class), height, width, random)
              .map(TorchvisionDrawsTest::erased)
              .orElse(Map.of("erased", 0.0));
      case "RandomCrop" -> {
        Transforms.RandomCrop crop = Json.convert(given, Transforms.RandomCrop.class);
        Box box = ((Operation.Crop) Draw.operations(crop, height, width, random).get(0)).box();
        yield Map.of("top", (double) box.top(), "left", (double) box.left());
      }
      case "RandomAffine" -> {
        Transforms.RandomAffine affine = Json.convert(given, Transforms.RandomAffine.class);
        yield named(
            "abcdef",
            ((Operation.Affine) Draw.operations(affine, height, width, random).get(0)).matrix());
      }
      default ->
          corners(
              Geometry.movedCorners(
                  args.path("distortion_scale").doubleValue(), height, width, random));
    };
  }

  private static Map<String, Double> erased(Box box) {
    Map<String, Double> numbers = box(box);
    numbers.put("erased", 1.0);
    return numbers;
  }

  private static Map<String, Double> box(Box box) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("top", (double) box.top());
    numbers.put("left", (double) box.left());
    numbers.put("height", (double) box.height());
    numbers.put("width", (double) box.width());
    numbers.put("area", (double) box.height() * box.width());
    numbers.put("ratio", (double) box.width() / box.height());
    return numbers;
  }

  private static Map<String, Double> corners(List<Point> corners) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 0; i < corners.size(); i++) {
      numbers.put("x" + i, corners.get(i).x());
      numbers.put("y" + i, corners.get(i).y());
    }
    return numbers;
  }

  private static Map<String, Double> named(String letters, List<Double> values) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      numbers.put(letters.substring(i, i + 1), values.get(i));
    }
    return numbers;
  }
}
