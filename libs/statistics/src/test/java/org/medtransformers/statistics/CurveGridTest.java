package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.result.Curves;

/** Curves at fixed places equal those of scikit-learn and numpy, written by curve_grid.py. */
class CurveGridTest {
  private static final double CLOSE = 1e-12;

  private static JsonNode cases() throws IOException {
    try (InputStream in = CurveGridTest.class.getResourceAsStream("/curve_grid.json")) {
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static Outcomes outcomes(JsonNode golden, JsonNode training) {
    List<PredictedImage> images = new ArrayList<>();
    for (int i = 0; i < golden.get("truth").size(); i++) {
      List<Double> probabilities = new ArrayList<>();
      training.get("probabilities").get(i).forEach(p -> probabilities.add(p.doubleValue()));
      images.add(
          new PredictedImage(
              "image" + i,
              "",
              List.of(golden.get("truth").get(i).intValue()),
              List.of(0),
              probabilities));
    }
    Task task = golden.get("classes").intValue() == 2 ? Task.BINARY : Task.MULTI_CLASS;
    return Outcomes.of(task, images);
  }

  @Test
  void curvesAreReadOffAsScikitLearnHasThem() throws IOException {
    for (JsonNode golden : cases()) {
      for (JsonNode training : golden.get("trainings")) {
        Outcomes outcomes = outcomes(golden, training);
        assertArrayEquals(numbers(training.get("roc")), CurveGrid.roc(outcomes), CLOSE);
        assertArrayEquals(numbers(training.get("pr")), CurveGrid.precisionRecall(outcomes), CLOSE);
      }
    }
  }

  @Test
  void bandsAreMeansAndQuantilesPlaceByPlace() throws IOException {
    for (JsonNode golden : cases()) {
      List<double[]> curves = new ArrayList<>();
      golden.get("trainings").forEach(t -> curves.add(CurveGrid.roc(outcomes(golden, t))));
      List<CurveBand> bands = CurveBand.of(curves);
      for (int i = 0; i < CurveGrid.PLACES; i++) {
        assertEquals(golden.get("mean").get(i).doubleValue(), bands.get(i).mean(), CLOSE);
        assertEquals(golden.get("low").get(i).doubleValue(), bands.get(i).low(), CLOSE);
        assertEquals(golden.get("high").get(i).doubleValue(), bands.get(i).high(), CLOSE);
      }
    }
  }

  private static PredictedImage image(int i, int truth, double positive) {
    return new PredictedImage(
        "image" + i, "", List.of(truth), List.of(0), List.of(1 - positive, positive));
  }

  @Test
  void aClassThatIsNotThereHasNoCurve() {
    Outcomes outcomes = Outcomes.of(Task.BINARY, List.of(image(0, 0, 0.1), image(1, 0, 0.9)));
    assertTrue(Double.isNaN(CurveGrid.roc(outcomes)[0]));
    assertTrue(Double.isNaN(CurveGrid.precisionRecall(outcomes)[50]));
  }

  /** Ten positives among 20,000, with the highest scores: every step of the precision is kept. */
  @Test
  void ofVeryManyPointsThoseThatCanBeToldApartAreKept() {
    Outcomes outcomes =
        Outcomes.of(
            Task.BINARY,
            IntStream.range(0, 20_000)
                .mapToObj(i -> image(i, i < 20 && i % 2 == 0 ? 1 : 0, 1 - i / 20_000.0))
                .toList());
    Curves.PrecisionRecall curve =
        ClassReport.curves(outcomes, List.of("no", "yes")).classes().get(1).pr();
    assertTrue(curve.precision().size() <= 1000, curve.precision().size() + " points");
    List<Double> first = IntStream.range(1, 20).mapToObj(n -> Math.ceil(n / 2.0) / n).toList();
    assertEquals(first, curve.precision().subList(1, 20));
    assertEquals(1, curve.recall().get(curve.recall().size() - 1));
  }
}
