package org.medtransformers.imaging.batch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.random.RandomStream;
import org.medtransformers.imaging.transform.Box;
import org.medtransformers.imaging.transform.Draw;
import org.medtransformers.imaging.transform.Operation;
import org.medtransformers.imaging.transform.RandomBicubicCrop;

/** What is done to an image to make one view of it. */
final class View {

  /** Draws one step's operations for an image of a given size. */
  private interface Step {
    List<Operation> draw(int height, int width, RandomStream random);
  }

  private record Numbered(int number, String name, Step step) {
    static Numbered of(Transform t) {
      return new Numbered(
          Draw.number(t), t.getClass().getSimpleName(), (h, w, r) -> Draw.operations(t, h, w, r));
    }
  }

  /** Is told what each step has made. */
  interface Watcher {
    /**
     * @param name of the transform, as in the experiment file
     * @param operations that it has drawn; none where it did nothing
     * @param after what the image is then
     */
    void step(String name, List<Operation> operations, Image after);
  }

  private final int number;
  private final List<Numbered> steps;
  private final Transforms transforms;

  private View(int number, List<Numbered> steps, Transforms transforms) {
    this.number = number;
    this.steps = steps;
    this.transforms = transforms;
  }

  /**
   * The views of a loader: one per element, or one per crop where an element has {@code MultiCrop}.
   *
   * @param resized whether the images have been resized already
   */
  static List<View> of(List<Transforms> elements, boolean resized) {
    List<View> views = new ArrayList<>();
    for (Transforms element : elements) {
      Transforms.MultiCrop crops = element.multiCrop();
      if (crops == null || !crops.apply()) {
        views.add(new View(views.size(), steps(element, resized), element));
        continue;
      }
      for (int kind = 0; kind < crops.nCrops().size(); kind++) {
        for (int i = 0; i < crops.nCrops().get(kind); i++) {
          views.add(new View(views.size(), cropSteps(element, resized, kind), element));
        }
      }
    }
    return List.copyOf(views);
  }

  private static List<Numbered> steps(Transforms transforms, boolean resized) {
    List<Numbered> steps = new ArrayList<>();
    for (Transform t : transforms.applied()) {
      boolean onPixels =
          !(t instanceof Transforms.RandomErasing || t instanceof Transforms.MultiCrop);
      if (onPixels && !(resized && t instanceof Transforms.Resize)) {
        steps.add(Numbered.of(t));
      }
    }
    return steps;
  }

  /** The crop comes before all but {@code Resize}, and in the place of another random crop. */
  private static List<Numbered> cropSteps(Transforms transforms, boolean resized, int kind) {
    Transforms.MultiCrop crops = transforms.multiCrop();
    RandomBicubicCrop crop =
        new RandomBicubicCrop(
            crops.sizes().get(kind),
            crops.scales().get(kind).get(0),
            crops.scales().get(kind).get(1));
    List<Numbered> steps = new ArrayList<>(steps(transforms, resized));
    if (transforms.randomResizedCrop() != null) {
      int replaced = Draw.number(transforms.randomResizedCrop());
      steps.removeIf(step -> step.number() == replaced);
    }
    boolean resizes = !resized && transforms.appliedResize().isPresent();
    steps.add(resizes ? 1 : 0, new Numbered(RandomBicubicCrop.NUMBER, "MultiCrop", crop::draw));
    return steps;
  }

  /** The view of {@code image}, the image of that number, in that epoch. */
  Image apply(Image image, long seed, int epoch, int row) {
    return apply(image, seed, epoch, row, (name, operations, after) -> {});
  }

  private Image apply(Image image, long seed, int epoch, int row, Watcher watcher) {
    Image result = image;
    for (Numbered step : steps) {
      RandomStream random = RandomStream.ofTransform(seed, epoch, row, number, step.number());
      List<Operation> operations = step.step().draw(result.height(), result.width(), random);
      for (Operation operation : operations) {
        result = operation.apply(result);
      }
      watcher.step(step.name(), operations, result);
    }
    return result;
  }

  boolean normalizes() {
    return transforms.normalize();
  }

  /** Whether rectangles may be erased, by values that no byte stands for. */
  boolean erases() {
    return transforms.randomErasing() != null && transforms.randomErasing().apply();
  }

  /**
   * Writes what {@link #apply} gave as floats [channels, height, width], with a rectangle erased
   * where the view asks for it.
   */
  void write(Image view, PixelScale scale, long seed, int epoch, int row, ByteBuffer floats) {
    float[] pixels = new float[view.data().length];
    scale.convert(view, pixels);
    erased(view, seed, epoch, row)
        .ifPresent(
            box -> Erasing.fill(pixels, view, box, (float) transforms.randomErasing().value()));
    floats.asFloatBuffer().put(pixels);
  }

  private Optional<Box> erased(Image view, long seed, int epoch, int row) {
    if (!erases()) {
      return Optional.empty();
    }
    Transforms.RandomErasing erasing = transforms.randomErasing();
    RandomStream random = RandomStream.ofTransform(seed, epoch, row, number, Erasing.NUMBER);
    return Erasing.draw(erasing, view.height(), view.width(), random);
  }

  /**
   * The view as people see it: {@link #apply} with the erased rectangle in the colour that its
   * value stands for.
   */
  Image shown(Image image, long seed, int epoch, int row, PixelScale scale) {
    return shown(image, seed, epoch, row, scale, (name, operations, after) -> {});
  }

  /** The same, step by step; erasing, which draws no operation, is the last. */
  Image shown(Image image, long seed, int epoch, int row, PixelScale scale, Watcher watcher) {
    Image view = apply(image, seed, epoch, row, watcher);
    if (!erases()) {
      return view;
    }
    Image erased =
        erased(view, seed, epoch, row)
            .map(box -> Erasing.paint(view, box, scale.colour(transforms.randomErasing().value())))
            .orElse(view);
    watcher.step(Transforms.RandomErasing.class.getSimpleName(), List.of(), erased);
    return erased;
  }
}
