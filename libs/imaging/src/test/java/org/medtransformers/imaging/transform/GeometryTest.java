package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.transform.Geometry.Point;

/** The geometry behind the operations, against torchvision 0.14.1. */
class GeometryTest {
  private static final JsonNode CASES = Golden.json("transforms/cases.json");

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
