package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.random.RandomStream;

/**
 * Draws follow torchvision's distributions. Bounds are four standard deviations of the estimate.
 */
class DrawTest {
  private static final int DRAWS = 20_000;

  @Test
  void areaOfARandomResizedCropIsUniformAndItsRatioLogUniform() {
    List<Box> boxes = boxes(1000, 1000, 0.2, 0.4);
    double[] areas = boxes.stream().mapToDouble(b -> b.height() * b.width() / 1e6).toArray();
    assertEquals(0.3, mean(areas), 4 * 0.2 / Math.sqrt(12.0 * DRAWS));
    assertTrue(max(areas) < 0.402 && -max(negative(areas)) > 0.198);
    double[] ratios =
        boxes.stream().mapToDouble(b -> Math.log((double) b.width() / b.height())).toArray();
    double widest = Math.log(4.0 / 3.0);
    assertEquals(0, mean(ratios), 4 * widest / Math.sqrt(3.0 * DRAWS));
    assertEquals(widest * widest / 3, variance(ratios), 0.001);
    double[] left = boxes.stream().mapToDouble(b -> b.left() / (1000.0 - b.width())).toArray();
    assertEquals(0.5, mean(left), 4 / Math.sqrt(12.0 * DRAWS));
  }

  @Test
  void scaleAboveOneNeverReachesOverTheEdge() {
    List<Box> boxes = boxes(256, 256, 0.8, 1.2);
    assertTrue(
        boxes.stream()
            .allMatch(
                b ->
                    b.top() >= 0
                        && b.left() >= 0
                        && b.top() + b.height() <= 256
                        && b.left() + b.width() <= 256));
    long whole = boxes.stream().filter(b -> b.height() == 256 && b.width() == 256).count();
    // A trial fits with probability (1 - 0.8 + 0.8 ln 0.8) / ln(4/3) / 0.4 = 0.1867, but for the
    // rounding to whole pixels; after ten that do not the whole image is taken.
    assertEquals(Math.pow(1 - 0.1867, 10), whole / (double) DRAWS, 0.015);
  }

  @Test
  void boxThatNeverFitsBecomesTheLargestCentralOne() {
    RandomStream random = RandomStream.ofItem(1, 0);
    assertEquals(new Box(0, 0, 50, 50), RandomBox.draw(50, 50, 5, 6, random));
    assertEquals(new Box(0, 16, 50, 67), RandomBox.draw(50, 100, 5, 6, random));
    assertEquals(new Box(16, 0, 67, 50), RandomBox.draw(100, 50, 5, 6, random));
  }

  private static List<Box> boxes(int height, int width, double from, double to) {
    Transform crop = new Transforms.RandomResizedCrop(true, 224, List.of(from, to));
    return draws(crop, height, width).stream()
        .map(o -> ((Operation.ResizedCrop) o.get(0)).box())
        .toList();
  }

  @Test
  void everythingWithAProbabilityHappensThatOften() {
    List<Transform> all =
        List.of(
            new Transforms.VerticalFlip(true, 0.3),
            new Transforms.HorizontalFlip(true, 0.3),
            new Transforms.RandomRotation(true, 10, 0.3),
            new Transforms.ColorJitter(true, 0.2, 0.2, 0.1, 0.1, 0.3),
            new Transforms.RandomGrayscale(true, 0.3),
            new Transforms.RandomGaussianBlur(true, 0.3, 0.1, 2),
            new Transforms.RandomAffine(true, 5, List.of(0.1, 0.1), List.of(0.9, 1.1), 5, 0.3),
            new Transforms.RandomPerspective(true, 0.5, 0.3),
            new Transforms.RandomSolarize(true, 128, 0.3));
    for (Transform t : all) {
      long happened = draws(t, 64, 64).stream().filter(o -> !o.isEmpty()).count();
      assertEquals(0.3, happened / (double) DRAWS, 4 * Math.sqrt(0.21 / DRAWS), t.toString());
    }
  }

  @Test
  void jitterDrawsFactorsAroundOneInEveryOrder() {
    Transform jitter = new Transforms.ColorJitter(true, 0.2, 0.2, 1.5, 0.1, 1);
    List<List<Operation>> draws = draws(jitter, 8, 8);
    Map<String, Long> orders =
        draws.stream()
            .collect(
                Collectors.groupingBy(
                    d ->
                        d.stream()
                            .map(o -> o.getClass().getSimpleName())
                            .collect(Collectors.joining()),
                    Collectors.counting()));
    assertEquals(24, orders.size());
    Map<Class<?>, List<Double>> factors = new HashMap<>();
    draws.forEach(d -> d.forEach(o -> add(factors, o)));
    assertUniform(0.8, 1.2, factors.get(Operation.Brightness.class));
    assertUniform(0.8, 1.2, factors.get(Operation.Contrast.class));
    assertUniform(0, 2.5, factors.get(Operation.Saturation.class));
    assertUniform(-0.1, 0.1, factors.get(Operation.HueShift.class));
  }

  private static void add(Map<Class<?>, List<Double>> factors, Operation o) {
    double factor =
        o instanceof Operation.Brightness b
            ? b.factor()
            : o instanceof Operation.Contrast c
                ? c.factor()
                : o instanceof Operation.Saturation s
                    ? s.factor()
                    : ((Operation.HueShift) o).factor();
    factors.computeIfAbsent(o.getClass(), k -> new ArrayList<>()).add(factor);
  }

  @Test
  void strengthZeroIsLeftOut() {
    Transform jitter = new Transforms.ColorJitter(true, 0.2, 0, 0, 0, 1);
    assertTrue(draws(jitter, 8, 8).stream().allMatch(o -> o.size() == 1));
  }

  @Test
  void rotationBlurAndCropAreUniformOverTheirRanges() {
    assertUniform(
        -30,
        30,
        draws(new Transforms.RandomRotation(true, 30, 1), 8, 8).stream()
            .map(o -> ((Operation.Rotation) o.get(0)).degrees())
            .toList());
    assertUniform(
        0.1,
        2,
        draws(new Transforms.RandomGaussianBlur(true, 1, 0.1, 2), 8, 8).stream()
            .map(o -> ((Operation.GaussianBlur) o.get(0)).radius())
            .toList());
    List<Integer> tops =
        draws(new Transforms.RandomCrop(true, 8, 8, 2), 10, 10).stream()
            .map(o -> ((Operation.Crop) o.get(0)).box().top())
            .toList();
    assertEquals(
        IntStream.rangeClosed(-2, 4).boxed().toList(), tops.stream().distinct().sorted().toList());
  }

  @Test
  void cropThatDoesNotFitIsRefused() {
    Transform crop = new Transforms.RandomCrop(true, 20, 20, 2);
    assertThrows(
        MedtransException.class, () -> Draw.operations(crop, 10, 10, RandomStream.ofItem(0, 0)));
  }

  private static void assertUniform(double from, double to, List<Double> drawn) {
    double[] values = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double width = to - from;
    assertEquals((from + to) / 2, mean(values), 4 * width / Math.sqrt(12.0 * values.length));
    assertEquals(width * width / 12, variance(values), width * width / 12 * 0.04);
    assertTrue(max(values) <= to && -max(negative(values)) >= from);
  }

  private static List<List<Operation>> draws(Transform transform, int height, int width) {
    return IntStream.range(0, DRAWS)
        .mapToObj(
            i ->
                Draw.operations(
                    transform,
                    height,
                    width,
                    RandomStream.ofTransform(5, 0, i, 0, Draw.number(transform))))
        .toList();
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return IntStream.range(0, values.length)
        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
        .average()
        .orElseThrow();
  }

  private static double max(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
  }

  private static double[] negative(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray();
  }
}
