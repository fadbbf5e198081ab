package org.medtransformers.imaging.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.random.RandomStream;

/** Draws a transform's parameters from the distributions of torchvision 0.14. */
public final class Draw {

  /** What {@code transform} does to an image of that size: no operation, one, or several. */
  private interface Drawer<T extends Transform> {
    List<Operation> draw(T transform, int height, int width, RandomStream random);
  }

  private record Kind<T extends Transform>(int number, Class<T> type, Drawer<T> drawer) {
    List<Operation> draw(Transform transform, int height, int width, RandomStream random) {
      return drawer.draw(type.cast(transform), height, width, random);
    }
  }

  private static final Map<Class<?>, Kind<?>> KINDS = new HashMap<>();

  // The numbers key the random streams: another number would be another augmentation.
  static {
    put(0, Transforms.Resize.class, Draw::resize);
    put(1, Transforms.CenterCrop.class, Draw::centerCrop);
    put(2, Transforms.RandomCrop.class, Draw::randomCrop);
    put(3, Transforms.RandomResizedCrop.class, Draw::randomResizedCrop);
    put(4, Transforms.VerticalFlip.class, Draw::verticalFlip);
    put(5, Transforms.HorizontalFlip.class, Draw::horizontalFlip);
    put(6, Transforms.RandomRotation.class, Draw::rotation);
    put(7, Transforms.ColorJitter.class, Draw::colorJitter);
    put(8, Transforms.RandomGrayscale.class, Draw::grayscale);
    put(9, Transforms.RandomGaussianBlur.class, Draw::gaussianBlur);
    put(10, Transforms.RandomAffine.class, Geometry::drawAffine);
    put(11, Transforms.RandomPerspective.class, Geometry::drawPerspective);
    put(12, Transforms.RandomSolarize.class, Draw::solarize);
  }

  private Draw() {}

  private static <T extends Transform> void put(int number, Class<T> type, Drawer<T> drawer) {
    KINDS.put(type, new Kind<>(number, type, drawer));
  }

  /** The operations of {@code transform} on an image of {@code height} × {@code width} pixels. */
  public static List<Operation> operations(
      Transform transform, int height, int width, RandomStream random) {
    return kind(transform).draw(transform, height, width, random);
  }

  /** The number that keys this kind of transform's random streams. */
  public static int number(Transform transform) {
    return kind(transform).number();
  }

  private static Kind<?> kind(Transform transform) {
    Kind<?> kind = KINDS.get(transform.getClass());
    if (kind == null) {
      throw new IllegalArgumentException(transform + " is not an operation on bytes");
    }
    return kind;
  }

  private static List<Operation> resize(Transforms.Resize t, int h, int w, RandomStream random) {
    return List.of(new Operation.Resize(t.height(), t.width()));
  }

  private static List<Operation> centerCrop(
      Transforms.CenterCrop t, int h, int w, RandomStream random) {
    return List.of(new Operation.CenterCrop(t.height(), t.width()));
  }

  private static List<Operation> randomCrop(
      Transforms.RandomCrop t, int h, int w, RandomStream random) {
    int rows = h + 2 * t.padding() - t.height();
    int columns = w + 2 * t.padding() - t.width();
    if (rows < 0 || columns < 0) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "RandomCrop of %d x %d does not fit into an image of %d x %d with a padding of %d"
              .formatted(t.height(), t.width(), h, w, t.padding()));
    }
    int top = random.below(rows + 1) - t.padding();
    int left = random.below(columns + 1) - t.padding();
    return List.of(new Operation.Crop(new Box(top, left, t.height(), t.width())));
  }

  private static List<Operation> randomResizedCrop(
      Transforms.RandomResizedCrop t, int h, int w, RandomStream random) {
    Box box = RandomBox.draw(h, w, t.scale().get(0), t.scale().get(1), random);
    return List.of(new Operation.ResizedCrop(box, t.size(), t.size(), Filter.BILINEAR));
  }

  private static List<Operation> verticalFlip(
      Transforms.VerticalFlip t, int h, int w, RandomStream random) {
    return random.chance(t.p()) ? List.of(new Operation.VerticalFlip()) : List.of();
  }

  private static List<Operation> horizontalFlip(
      Transforms.HorizontalFlip t, int h, int w, RandomStream random) {
    return random.chance(t.p()) ? List.of(new Operation.HorizontalFlip()) : List.of();
  }

  private static List<Operation> rotation(
      Transforms.RandomRotation t, int h, int w, RandomStream random) {
    return random.chance(t.p())
        ? List.of(new Operation.Rotation(random.uniform(-t.angle(), t.angle())))
        : List.of();
  }

  private static List<Operation> colorJitter(
      Transforms.ColorJitter t, int h, int w, RandomStream random) {
    if (!random.chance(t.p())) {
      return List.of();
    }
    List<Operation> operations = new ArrayList<>(4);
    for (int which : random.permutation(4)) {
      switch (which) {
        case 0 -> addFactor(operations, t.brightness(), random, Operation.Brightness::new);
        case 1 -> addFactor(operations, t.contrast(), random, Operation.Contrast::new);
        case 2 -> addFactor(operations, t.saturation(), random, Operation.Saturation::new);
        default -> {
          if (t.hue() > 0) {
            operations.add(new Operation.HueShift(random.uniform(-t.hue(), t.hue())));
          }
        }
      }
    }
    return operations;
  }

  private interface ByFactor {
    Operation of(double factor);
  }

  private static void addFactor(
      List<Operation> operations, double strength, RandomStream random, ByFactor kind) {
    if (strength > 0) {
      operations.add(kind.of(random.uniform(Math.max(0, 1 - strength), 1 + strength)));
    }
  }

  private static List<Operation> grayscale(
      Transforms.RandomGrayscale t, int h, int w, RandomStream random) {
    return random.chance(t.p()) ? List.of(new Operation.Grayscale()) : List.of();
  }

  private static List<Operation> gaussianBlur(
      Transforms.RandomGaussianBlur t, int h, int w, RandomStream random) {
    return random.chance(t.p())
        ? List.of(new Operation.GaussianBlur(random.uniform(t.radiusMin(), t.radiusMax())))
        : List.of();
  }

  private static List<Operation> solarize(
      Transforms.RandomSolarize t, int h, int w, RandomStream random) {
    return random.chance(t.p()) ? List.of(new Operation.Solarize(t.threshold())) : List.of();
  }
}
