package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The transforms of one view, in the experiment file's own shape. They act in the order of the
 * components, whatever their order in the file. A transform that is absent or whose {@code apply}
 * is false does nothing.
 */
public record Transforms(
    @JsonProperty("Resize") Resize resize,
    @JsonProperty("CenterCrop") CenterCrop centerCrop,
    @JsonProperty("RandomCrop") RandomCrop randomCrop,
    @JsonProperty("RandomResizedCrop") RandomResizedCrop randomResizedCrop,
    @JsonProperty("VerticalFlip") VerticalFlip verticalFlip,
    @JsonProperty("HorizontalFlip") HorizontalFlip horizontalFlip,
    @JsonProperty("RandomRotation") RandomRotation randomRotation,
    @JsonProperty("ColorJitter") ColorJitter colorJitter,
    @JsonProperty("RandomGrayscale") RandomGrayscale randomGrayscale,
    @JsonProperty("RandomGaussianBlur") RandomGaussianBlur randomGaussianBlur,
    @JsonProperty("RandomAffine") RandomAffine randomAffine,
    @JsonProperty("RandomPerspective") RandomPerspective randomPerspective,
    @JsonProperty("RandomSolarize") RandomSolarize randomSolarize,
    @JsonProperty("Normalize") boolean normalize,
    @JsonProperty("RandomErasing") RandomErasing randomErasing,
    @JsonProperty("MultiCrop") MultiCrop multiCrop) {

  /** One step of a view. */
  public sealed interface Transform {
    boolean apply();
  }

  /** Bilinear, antialiased, to exactly {@code height × width} pixels. */
  public record Resize(boolean apply, int height, int width) implements Transform {}

  public record CenterCrop(boolean apply, int height, int width) implements Transform {}

  public record RandomCrop(boolean apply, int height, int width, int padding)
      implements Transform {}

  /** Bilinear; {@code scale} is a range of area fractions, aspect ratios are 3/4 to 4/3. */
  public record RandomResizedCrop(boolean apply, int size, List<Double> scale)
      implements Transform {}

  public record VerticalFlip(boolean apply, double p) implements Transform {}

  public record HorizontalFlip(boolean apply, double p) implements Transform {}

  /** Angle in degrees, drawn from [-angle, angle]. */
  public record RandomRotation(boolean apply, double angle, double p) implements Transform {}

  public record ColorJitter(
      boolean apply, double brightness, double contrast, double saturation, double hue, double p)
      implements Transform {}

  public record RandomGrayscale(boolean apply, double p) implements Transform {}

  /** Radii in pixels. */
  public record RandomGaussianBlur(
      boolean apply,
      double p,
      @JsonProperty("radius_min") double radiusMin,
      @JsonProperty("radius_max") double radiusMax)
      implements Transform {}

  /** Degrees, fractions of the size, factors, degrees. */
  public record RandomAffine(
      boolean apply,
      double degrees,
      List<Double> translate,
      List<Double> scale,
      double shear,
      double p)
      implements Transform {}

  public record RandomPerspective(
      boolean apply, @JsonProperty("distortion_scale") double distortionScale, double p)
      implements Transform {}

  public record RandomSolarize(boolean apply, int threshold, double p) implements Transform {}

  /** Acts after normalisation. */
  public record RandomErasing(
      boolean apply, List<Double> scale, List<Double> ratio, double value, double p)
      implements Transform {}

  /**
   * One view per crop: {@code nCrops[i]} bicubic random resized crops of {@code sizes[i]} pixels.
   */
  public record MultiCrop(
      boolean apply,
      @JsonProperty("n_crops") List<Integer> nCrops,
      List<Integer> sizes,
      List<List<Double>> scales)
      implements Transform {}

  /** The transforms that are switched on, in the order in which they act. */
  public List<Transform> applied() {
    Stream<Transform> all =
        Stream.of(
            resize,
            centerCrop,
            randomCrop,
            randomResizedCrop,
            verticalFlip,
            horizontalFlip,
            randomRotation,
            colorJitter,
            randomGrayscale,
            randomGaussianBlur,
            randomAffine,
            randomPerspective,
            randomSolarize,
            randomErasing,
            multiCrop);
    return all.filter(t -> t != null && t.apply()).toList();
  }

  /** The resize that preparing may do once, ahead of everything random. */
  public Optional<Resize> appliedResize() {
    return Optional.ofNullable(resize).filter(Resize::apply);
  }
}
