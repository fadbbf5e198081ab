package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.CenterCrop;
import org.medtransformers.contracts.config.Transforms.ColorJitter;
import org.medtransformers.contracts.config.Transforms.HorizontalFlip;
import org.medtransformers.contracts.config.Transforms.MultiCrop;
import org.medtransformers.contracts.config.Transforms.RandomAffine;
import org.medtransformers.contracts.config.Transforms.RandomCrop;
import org.medtransformers.contracts.config.Transforms.RandomErasing;
import org.medtransformers.contracts.config.Transforms.RandomGaussianBlur;
import org.medtransformers.contracts.config.Transforms.RandomGrayscale;
import org.medtransformers.contracts.config.Transforms.RandomPerspective;
import org.medtransformers.contracts.config.Transforms.RandomResizedCrop;
import org.medtransformers.contracts.config.Transforms.RandomRotation;
import org.medtransformers.contracts.config.Transforms.RandomSolarize;
import org.medtransformers.contracts.config.Transforms.Resize;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.config.Transforms.VerticalFlip;

/** What is done to images before a network sees them, in the order in which it is done. */
final class Views {
  private Views() {}

  /** Of the training images. */
  static String training(RunConfig config) {
    return sentence("Training images", config.dataset().trainTransforms());
  }

  /** Of the images that are held out. */
  static String heldOut(RunConfig config) {
    List<Transforms> val = config.dataset().valTransforms();
    List<Transforms> test = config.dataset().testTransforms();
    return val.equals(test)
        ? sentence("Validation and test images", test)
        : sentence("Validation images", val) + " " + sentence("Test images", test);
  }

  private static String sentence(String subject, List<Transforms> views) {
    if (views.size() == 1) {
      return "%s were %s.".formatted(subject, steps(views.get(0)));
    }
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    for (int i = 0; i < views.size(); i++) {
      alike.computeIfAbsent(steps(views.get(i)), s -> new ArrayList<>()).add(i + 1);
    }
    String each =
        alike.entrySet().stream()
            .map(e -> "in %s it was %s".formatted(numbers(e.getValue()), e.getKey()))
            .collect(Collectors.joining("; "));
    return "%s: each image was seen in %d views; %s.".formatted(subject, views.size(), each);
  }

  private static String numbers(List<Integer> views) {
    String word = views.size() == 1 ? "view " : "views ";
    return word + Words.list(views.stream().map(Object::toString).toList());
  }

  private static String steps(Transforms view) {
    List<String> steps = new ArrayList<>();
    boolean normalised = !view.normalize();
    for (Transform step : view.applied()) {
      if (step instanceof RandomErasing && !normalised) {
        steps.add(NORMALISED);
        normalised = true;
      }
      steps.add(step(step));
    }
    if (!normalised) {
      steps.add(NORMALISED);
    }
    return steps.isEmpty() ? "used as they are" : Words.list(steps);
  }

  private static final String NORMALISED =
      "normalised per channel with the mean and standard deviation of the data set";

  /** Java 17 has no switch over types. */
  private static String step(Transform step) {
    if (step instanceof Resize s) {
      return "resized to %s (bilinear, antialiased)".formatted(Words.pixels(s.height(), s.width()));
    }
    if (step instanceof CenterCrop s) {
      return "cropped at the centre to " + Words.pixels(s.height(), s.width());
    }
    if (step instanceof RandomCrop s) {
      String padded = s.padding() == 0 ? "" : " after padding by %d pixels".formatted(s.padding());
      return "cropped at random to " + Words.pixels(s.height(), s.width()) + padded;
    }
    if (step instanceof RandomResizedCrop s) {
      return "cropped at random to %s of the area with an aspect ratio of 3/4 to 4/3 and resized to %s"
          .formatted(range(s.scale()), Words.pixels(s.size(), s.size()));
    }
    if (step instanceof MultiCrop s) {
      return "cropped at random several times (%s)".formatted(crops(s));
    }
    return geometry(step);
  }

  private static String geometry(Transform step) {
    if (step instanceof VerticalFlip s) {
      return "flipped vertically" + probability(s.p());
    }
    if (step instanceof HorizontalFlip s) {
      return "flipped horizontally" + probability(s.p());
    }
    if (step instanceof RandomRotation s) {
      return "rotated by up to ±%s°%s".formatted(Words.number(s.angle()), probability(s.p()));
    }
    if (step instanceof RandomAffine s) {
      return "mapped affinely (degrees %s, translation %s, scale %s, shear %s)%s"
          .formatted(
              Words.number(s.degrees()),
              numbersOf(s.translate()),
              numbersOf(s.scale()),
              Words.number(s.shear()),
              probability(s.p()));
    }
    if (step instanceof RandomPerspective s) {
      return "seen in a random perspective (distortion %s)%s"
          .formatted(Words.number(s.distortionScale()), probability(s.p()));
    }
    return colour(step);
  }

  private static String colour(Transform step) {
    if (step instanceof ColorJitter s) {
      return "jittered in colour (brightness %s, contrast %s, saturation %s, hue %s)%s"
          .formatted(
              Words.number(s.brightness()),
              Words.number(s.contrast()),
              Words.number(s.saturation()),
              Words.number(s.hue()),
              probability(s.p()));
    }
    if (step instanceof RandomGrayscale s) {
      return "turned grey" + probability(s.p());
    }
    if (step instanceof RandomGaussianBlur s) {
      return "blurred (Gaussian, radius %s to %s)%s"
          .formatted(Words.number(s.radiusMin()), Words.number(s.radiusMax()), probability(s.p()));
    }
    if (step instanceof RandomSolarize s) {
      return "solarised from %d on%s".formatted(s.threshold(), probability(s.p()));
    }
    RandomErasing s = (RandomErasing) step;
    return "erased in a random rectangle (share of the area %s, aspect ratio %s, value %s)%s"
        .formatted(
            numbersOf(s.scale()),
            numbersOf(s.ratio()),
            Words.number(s.value()),
            probability(s.p()));
  }

  private static String crops(MultiCrop s) {
    List<String> crops = new ArrayList<>();
    for (int i = 0; i < s.nCrops().size(); i++) {
      crops.add(
          "%d of %s with %s of the area"
              .formatted(
                  s.nCrops().get(i),
                  Words.pixels(s.sizes().get(i), s.sizes().get(i)),
                  range(s.scales().get(i))));
    }
    return Words.list(crops);
  }

  private static String range(List<Double> shares) {
    return shares.stream().map(s -> Words.number(100 * s)).collect(Collectors.joining(" to "))
        + " %";
  }

  private static String numbersOf(List<Double> values) {
    return values == null
        ? "none"
        : values.stream().map(Words::number).collect(Collectors.joining(" to "));
  }

  private static String probability(double p) {
    return p == 1 ? "" : " with probability " + Words.number(p);
  }
}
