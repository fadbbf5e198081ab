package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.imaging.Image;

/** The sizes of images and the range of their values, of which odd ones are often mistakes. */
final class Shapes {
  private static final int MOST_EXAMPLES = 20;

  /** So much larger or smaller than the median, or so much longer in proportion, is odd. */
  private static final double ODD = 4;

  private final List<Shape> shapes = new ArrayList<>();
  private int lowest = 255;
  private int highest;
  private int narrow;

  /** Of one image; pixels. */
  record Shape(String id, int width, int height) {
    private double area() {
      return (double) width * height;
    }

    private double proportion() {
      return (double) width / height;
    }
  }

  void add(String id, Image image) {
    shapes.add(new Shape(id, image.width(), image.height()));
    int low = 255;
    int high = 0;
    for (byte value : image.data()) {
      low = Math.min(low, value & 0xFF);
      high = Math.max(high, value & 0xFF);
    }
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
    narrow += high <= CheckReport.Range.NARROW ? 1 : 0;
  }

  CheckReport.Range range() {
    return new CheckReport.Range(Math.min(lowest, highest), highest, narrow);
  }

  CheckReport.Sizes sizes() {
    if (shapes.isEmpty()) {
      return new CheckReport.Sizes(0, "", 0, "", "", 0, 0, List.of());
    }
    Map<String, Long> counts =
        shapes.stream().collect(Collectors.groupingBy(Shapes::text, Collectors.counting()));
    Map.Entry<String, Long> usual =
        counts.entrySet().stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.<String, Long>comparingByKey()))
            .orElseThrow();
    Comparator<Shape> byArea = Comparator.comparingDouble(Shape::area);
    List<String> odd =
        Stream.concat(outliers(Shape::area), outliers(Shape::proportion))
            .distinct()
            .map(shape -> shape.id() + " (" + text(shape) + ")")
            .toList();
    return new CheckReport.Sizes(
        counts.size(),
        usual.getKey(),
        Math.toIntExact(usual.getValue()),
        text(shapes.stream().min(byArea).orElseThrow()),
        text(shapes.stream().max(byArea).orElseThrow()),
        medianSide(),
        odd.size(),
        odd.stream().limit(MOST_EXAMPLES).toList());
  }

  private int medianSide() {
    int[] sides = shapes.stream().mapToInt(s -> Math.min(s.width(), s.height())).sorted().toArray();
    return sides[sides.length / 2];
  }

  private Stream<Shape> outliers(ToDoubleFunction<Shape> measure) {
    double[] sorted = shapes.stream().mapToDouble(measure).sorted().toArray();
    double median = sorted[sorted.length / 2];
    Function<Shape, Double> times = shape -> measure.applyAsDouble(shape) / median;
    return shapes.stream().filter(s -> times.apply(s) >= ODD || times.apply(s) <= 1 / ODD);
  }

  private static String text(Shape shape) {
    return shape.width() + " x " + shape.height();
  }
}
