package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.medtransformers.imaging.Distribution.assertEquallyLikely;
import static org.medtransformers.imaging.Distribution.assertFollows;
import static org.medtransformers.imaging.Distribution.assertShare;
import static org.medtransformers.imaging.Distribution.assertUniform;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.random.RandomStream;

/** Draws follow torchvision's distributions where those have a closed form. */
class DrawTest {
  private static final int DRAWS = 20_000;

  @Test
  void areaOfARandomResizedCropIsUniformAndItsRatioLogUniform() {
    List<Box> boxes = boxes(4000, 4000, 0.2, 0.4);
    assertUniform(0.2, 0.4, values(boxes, b -> b.height() * b.width() / 16e6));
    double widest = Math.log(4.0 / 3.0);
    assertUniform(-widest, widest, values(boxes, b -> Math.log((double) b.width() / b.height())));
  }

  @Test
  void placeOfARandomResizedCropIsUniformOverWhereItFits() {
    List<Box> boxes = boxes(4000, 4000, 0.2, 0.4);
    assertUniform(0, 1, values(boxes, b -> (b.top() + 0.5) / (4001.0 - b.height())));
    assertUniform(0, 1, values(boxes, b -> (b.left() + 0.5) / (4001.0 - b.width())));
  }

  @Test
  void areaAndRatioOfARandomResizedCropAreIndependent() {
    List<Box> boxes = boxes(4000, 4000, 0.2, 0.4);
    List<Box> wide = boxes.stream().filter(b -> b.width() > b.height()).toList();
    assertUniform(0.2, 0.4, values(wide, b -> b.height() * b.width() / 16e6));
    assertUniform(0, 1, values(wide, b -> (b.top() + 0.5) / (4001.0 - b.height())));
  }

  @Test
  void scaleAboveOneIsDrawnAgainUntilItFitsAndAfterTenTrialsIsTheWholeImage() {
    List<Box> boxes = boxes(4000, 4000, 0.8, 1.2);
    // A trial fits with probability (1 - 0.8 + 0.8 ln 0.8) / ln(4/3) / 0.4: both sides are at most
    // the image's where the ratio lies between the area and its inverse.
    double fits = (0.2 + 0.8 * Math.log(0.8)) / Math.log(4.0 / 3.0) / 0.4;
    long whole = boxes.stream().filter(b -> b.height() == 4000 && b.width() == 4000).count();
    assertShare(Math.pow(1 - fits, 10), whole, DRAWS);
    // Given that it fits, an area a has the density -ln a, by the same argument.
    double all = 0.2 + 0.8 * Math.log(0.8);
    List<Box> fitting =
        boxes.stream().filter(b -> b.height() != 4000 || b.width() != 4000).toList();
    assertFollows(
        a -> (a - a * Math.log(a) - 0.8 + 0.8 * Math.log(0.8)) / all,
        values(fitting, b -> Math.min(1, Math.max(0.8, b.height() * b.width() / 16e6))));
    assertTrue(
        boxes.stream()
            .allMatch(
                b ->
                    b.top() >= 0
                        && b.left() >= 0
                        && b.top() + b.height() <= 4000
                        && b.left() + b.width() <= 4000));
  }

  @Test
  void boxThatNeverFitsBecomesTheLargestCentralOne() {
    RandomStream random = RandomStream.ofItem(1, 0);
    assertEquals(new Box(0, 0, 50, 50), RandomBox.draw(50, 50, 5, 6, random));
    assertEquals(new Box(0, 16, 50, 67), RandomBox.draw(50, 100, 5, 6, random));
    assertEquals(new Box(16, 0, 67, 50), RandomBox.draw(100, 50, 5, 6, random));
  }

  @Test
  void aCropOfMultiCropIsDrawnAsRandomResizedCropIs() {
    RandomBicubicCrop crop = new RandomBicubicCrop(96, 0.05, 0.4);
    List<Operation.ResizedCrop> crops =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> crop.draw(4000, 4000, RandomStream.ofTransform(5, 0, i, 0, 13)))
            .map(o -> (Operation.ResizedCrop) o.get(0))
            .toList();
    assertUniform(0.05, 0.4, values(crops, c -> c.box().height() * c.box().width() / 16e6));
    assertTrue(
        crops.stream()
            .allMatch(c -> c.filter() == Filter.BICUBIC && c.height() == 96 && c.width() == 96));
  }

  private static List<Box> boxes(int height, int width, double from, double to) {
    Transform crop = new Transforms.RandomResizedCrop(true, 224, List.of(from, to));
    return draws(crop, height, width).map(o -> ((Operation.ResizedCrop) o.get(0)).box()).toList();
  }

  private static <T> Collection<Double> values(List<T> drawn, Function<T, Double> value) {
    return drawn.stream().map(value).toList();
  }

  /** Everything that happens with a probability. */
  static Stream<Function<Double, Transform>> chances() {
    return Stream.of(
        p -> new Transforms.VerticalFlip(true, p),
        p -> new Transforms.HorizontalFlip(true, p),
        p -> new Transforms.RandomRotation(true, 10, p),
        p -> new Transforms.ColorJitter(true, 0.2, 0.2, 0.1, 0.1, p),
        p -> new Transforms.RandomGrayscale(true, p),
        p -> new Transforms.RandomGaussianBlur(true, p, 0.1, 2),
        p -> new Transforms.RandomAffine(true, 5, List.of(0.1, 0.1), List.of(0.9, 1.1), 5, p),
        p -> new Transforms.RandomPerspective(true, 0.5, p),
        p -> new Transforms.RandomSolarize(true, 128, p));
  }

  @ParameterizedTest
  @MethodSource("chances")
  void whatHasAProbabilityHappensThatOften(Function<Double, Transform> transform) {
    for (double p : new double[] {0, 0.1, 0.5, 0.8, 1}) {
      long happened = draws(transform.apply(p), 64, 64).filter(o -> !o.isEmpty()).count();
      assertShare(p, happened, DRAWS);
    }
  }

  @Test
  void jitterDrawsUniformFactorsAroundOneThatAreNeverNegative() {
    Transform jitter = new Transforms.ColorJitter(true, 0.2, 0.4, 1.5, 0.1, 1);
    Map<Class<?>, List<Double>> factors =
        draws(jitter, 8, 8)
            .flatMap(List::stream)
            .collect(
                Collectors.groupingBy(
                    Operation::getClass,
                    Collectors.mapping(DrawTest::factor, Collectors.toList())));
    assertUniform(0.8, 1.2, factors.get(Operation.Brightness.class));
    assertUniform(0.6, 1.4, factors.get(Operation.Contrast.class));
    assertUniform(0, 2.5, factors.get(Operation.Saturation.class));
    assertUniform(-0.1, 0.1, factors.get(Operation.HueShift.class));
  }

  @Test
  void everyOrderOfTheFourIsEquallyLikelyWhateverTheFactors() {
    Transform jitter = new Transforms.ColorJitter(true, 0.2, 0.2, 0.1, 0.1, 1);
    List<List<Operation>> draws = draws(jitter, 8, 8).toList();
    assertEquallyLikely(24, orders(draws));
    List<List<Operation>> bright =
        draws.stream()
            .filter(
                d ->
                    d.stream()
                        .anyMatch(o -> o instanceof Operation.Brightness b && b.factor() > 1.1))
            .toList();
    assertEquallyLikely(24, orders(bright));
  }

  private static long[] orders(List<List<Operation>> draws) {
    Map<String, Long> orders = new HashMap<>();
    draws.forEach(
        d ->
            orders.merge(
                d.stream().map(o -> o.getClass().getSimpleName()).collect(Collectors.joining()),
                1L,
                Long::sum));
    return orders.values().stream().mapToLong(Long::longValue).toArray();
  }

  private static double factor(Operation operation) {
    if (operation instanceof Operation.Brightness o) {
      return o.factor();
    } else if (operation instanceof Operation.Contrast o) {
      return o.factor();
    } else if (operation instanceof Operation.Saturation o) {
      return o.factor();
    }
    return ((Operation.HueShift) operation).factor();
  }

  @Test
  void strengthZeroIsLeftOut() {
    Transform jitter = new Transforms.ColorJitter(true, 0.2, 0, 0, 0, 1);
    assertTrue(draws(jitter, 8, 8).allMatch(o -> o.size() == 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 30, 180})
  void angleOfARotationIsUniform(double widest) {
    assertUniform(
        -widest,
        widest,
        draws(new Transforms.RandomRotation(true, widest, 1), 8, 8)
            .map(o -> ((Operation.Rotation) o.get(0)).degrees())
            .toList());
  }

  @Test
  void radiusOfABlurIsUniform() {
    assertUniform(
        0.1,
        2,
        draws(new Transforms.RandomGaussianBlur(true, 1, 0.1, 2), 8, 8)
            .map(o -> ((Operation.GaussianBlur) o.get(0)).radius())
            .toList());
  }

  @Test
  void everyPlaceOfARandomCropIsEquallyLikely() {
    Map<Box, Long> places =
        draws(new Transforms.RandomCrop(true, 8, 9, 2), 10, 10)
            .map(o -> ((Operation.Crop) o.get(0)).box())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquallyLikely(7 * 6, places.values().stream().mapToLong(Long::longValue).toArray());
    assertTrue(places.containsKey(new Box(-2, -2, 8, 9)));
    assertTrue(places.containsKey(new Box(4, 3, 8, 9)));
  }

  @Test
  void aCropThatLiesInThePaddingIsBlack() {
    Image white = new Image(new byte[] {-1, -1, -1}, 1, 1, 3);
    assertEquals(Image.black(2, 2, 3), new Operation.Crop(new Box(0, 7, 2, 2)).apply(white));
    assertEquals(Image.black(2, 2, 3), new Operation.Crop(new Box(-9, -9, 2, 2)).apply(white));
  }

  @Test
  void solarizingInvertsFromTheThresholdOn() {
    assertEquals(
        List.of(new Operation.Solarize(77)),
        draws(new Transforms.RandomSolarize(true, 77, 1), 8, 8).findFirst().orElseThrow());
  }

  @Test
  void cropThatDoesNotFitIsRefused() {
    Transform crop = new Transforms.RandomCrop(true, 20, 20, 2);
    assertThrows(
        MedtransException.class, () -> Draw.operations(crop, 10, 10, RandomStream.ofItem(0, 0)));
  }

  private static Stream<List<Operation>> draws(Transform transform, int height, int width) {
    return IntStream.range(0, DRAWS)
        .mapToObj(
            i ->
                Draw.operations(
                    transform,
                    height,
                    width,
                    RandomStream.ofTransform(5, 0, i, 0, Draw.number(transform))));
  }
}
