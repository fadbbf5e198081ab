package org.medtransformers.imaging.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.imaging.prepare.Size;

/**
 * Refuses a loader that cannot work or would cost more than any real one, with {@link
 * ErrorCode#INVALID_REQUEST}: descriptions come over the network.
 */
final class LoaderChecks {
  private static final int MOST_PIXELS_ALONG = 4096;
  private static final int MOST_VIEWS = 64;
  private static final int MOST_IMAGES = 65_536;

  private LoaderChecks() {}

  /**
   * @param prepared size to which the images have been resized; empty where each has its own
   */
  static void check(LoaderSpec spec, Optional<Size> prepared) {
    within("batchSize", spec.batchSize(), 1, MOST_IMAGES);
    within("number of views", spec.views().size(), 1, MOST_VIEWS);
    for (Transforms view : spec.views()) {
      prepared.ifPresent(size -> checkResize(view, size, spec));
      view.applied().forEach(LoaderChecks::check);
    }
  }

  private static void checkResize(Transforms view, Size size, LoaderSpec spec) {
    boolean same =
        view.appliedResize()
            .map(r -> r.height() == size.height() && r.width() == size.width())
            .orElse(true);
    if (!same) {
      throw invalid(
          "%s asks for other pixels than the %d x %d to which split %s was prepared"
              .formatted(view.resize(), size.height(), size.width(), spec.split().label()));
    }
  }

  private static void check(Transform transform) {
    if (transform instanceof Transforms.Resize t) {
      sides("Resize", t.height(), t.width());
    } else if (transform instanceof Transforms.CenterCrop t) {
      sides("CenterCrop", t.height(), t.width());
    } else if (transform instanceof Transforms.RandomCrop t) {
      sides("RandomCrop", t.height(), t.width());
      within("RandomCrop.padding", t.padding(), 0, MOST_PIXELS_ALONG);
    } else if (transform instanceof Transforms.RandomResizedCrop t) {
      sides("RandomResizedCrop", t.size(), t.size());
      range("RandomResizedCrop.scale", t.scale());
    } else if (transform instanceof Transforms.RandomAffine t) {
      range("RandomAffine.scale", t.scale());
      pair("RandomAffine.translate", t.translate());
    } else if (transform instanceof Transforms.RandomPerspective t) {
      unit("RandomPerspective.distortion_scale", t.distortionScale());
    } else if (transform instanceof Transforms.RandomErasing t) {
      rising("RandomErasing.scale", t.scale(), 0, 1);
      range("RandomErasing.ratio", t.ratio());
    } else if (transform instanceof Transforms.RandomGaussianBlur t) {
      rising(
          "RandomGaussianBlur radius", List.of(t.radiusMin(), t.radiusMax()), 0, MOST_PIXELS_ALONG);
    } else if (transform instanceof Transforms.ColorJitter t) {
      within("ColorJitter.hue", t.hue(), 0, 0.5);
    } else if (transform instanceof Transforms.MultiCrop t) {
      multiCrop(t);
    }
  }

  private static void multiCrop(Transforms.MultiCrop t) {
    if (t.nCrops() == null || t.sizes() == null || t.scales() == null) {
      throw invalid("MultiCrop needs n_crops, sizes and scales");
    }
    if (t.nCrops().size() != t.sizes().size() || t.sizes().size() != t.scales().size()) {
      throw invalid("MultiCrop: n_crops, sizes and scales must be equally long");
    }
    int crops = 0;
    for (int i = 0; i < t.sizes().size(); i++) {
      within("MultiCrop.n_crops", t.nCrops().get(i), 1, MOST_VIEWS);
      crops += t.nCrops().get(i);
      sides("MultiCrop", t.sizes().get(i), t.sizes().get(i));
      range("MultiCrop.scales", t.scales().get(i));
    }
    within("number of crops", crops, 1, MOST_VIEWS);
  }

  private static void sides(String name, int height, int width) {
    within(name + " height", height, 1, MOST_PIXELS_ALONG);
    within(name + " width", width, 1, MOST_PIXELS_ALONG);
  }

  private static void range(String name, List<Double> bounds) {
    pair(name, bounds);
    if (!(bounds.get(0) > 0 && bounds.get(0) <= bounds.get(1) && bounds.get(1) < 1e6)) {
      throw invalid(name + " is " + bounds + ", must be two positive numbers, the smaller first");
    }
  }

  private static void rising(String name, List<Double> bounds, double least, double most) {
    pair(name, bounds);
    bounds.forEach(bound -> within(name, bound, least, most));
    if (bounds.get(0) > bounds.get(1)) {
      throw invalid(name + " is " + bounds + ", must be two numbers, the smaller first");
    }
  }

  private static void pair(String name, List<Double> numbers) {
    if (numbers == null || numbers.size() != 2 || numbers.stream().anyMatch(Objects::isNull)) {
      throw invalid(name + " is " + numbers + ", must be two numbers");
    }
  }

  private static void unit(String name, double value) {
    within(name, value, 0, 1);
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw invalid("%s is %s, allowed are %s to %s".formatted(name, value, least, most));
    }
  }

  private static MedtransException invalid(String problem) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, "loader: " + problem);
  }
}
