package org.medtransformers.imaging.transform;

import java.util.List;
import org.medtransformers.imaging.Image;

/**
 * One change of an image with all its parameters: the same image gives the same bytes, and those of
 * torchvision 0.14 on PIL 9.4.
 */
public sealed interface Operation {

  Image apply(Image image);

  /** Cuts the box out, then resizes; pixels. */
  record ResizedCrop(Box box, int height, int width, Filter filter) implements Operation {
    @Override
    public Image apply(Image image) {
      return Resampler.resize(image, box, height, width, filter);
    }
  }

  /** Bilinear, antialiased. */
  record Resize(int height, int width) implements Operation {
    @Override
    public Image apply(Image image) {
      Box whole = new Box(0, 0, image.height(), image.width());
      return Resampler.resize(image, whole, height, width, Filter.BILINEAR);
    }
  }

  /** Black where the box reaches over the edge. */
  record Crop(Box box) implements Operation {
    @Override
    public Image apply(Image image) {
      return Crops.cut(image, box);
    }
  }

  record CenterCrop(int height, int width) implements Operation {
    @Override
    public Image apply(Image image) {
      return Crops.cut(image, Crops.centre(image, height, width));
    }
  }

  record HorizontalFlip() implements Operation {
    @Override
    public Image apply(Image image) {
      return Crops.mirrored(image);
    }
  }

  record VerticalFlip() implements Operation {
    @Override
    public Image apply(Image image) {
      return Crops.upsideDown(image);
    }
  }

  /** {@code factor} 0 is black, 1 the image itself. */
  record Brightness(double factor) implements Operation {
    @Override
    public Image apply(Image image) {
      return Colours.brightness(image, factor);
    }
  }

  /** {@code factor} 0 is the mean grey, 1 the image itself. */
  record Contrast(double factor) implements Operation {
    @Override
    public Image apply(Image image) {
      return Colours.contrast(image, factor);
    }
  }

  /** {@code factor} 0 is grey, 1 the image itself. */
  record Saturation(double factor) implements Operation {
    @Override
    public Image apply(Image image) {
      return Colours.saturation(image, factor);
    }
  }

  /** {@code factor} is a part of a full turn. */
  record HueShift(double factor) implements Operation {
    @Override
    public Image apply(Image image) {
      return Hue.shifted(image, factor);
    }
  }

  record Grayscale() implements Operation {
    @Override
    public Image apply(Image image) {
      return Colours.grey(image);
    }
  }

  /** Radius in pixels. */
  record GaussianBlur(double radius) implements Operation {
    @Override
    public Image apply(Image image) {
      return Blur.gaussian(image, radius);
    }
  }

  record Solarize(int threshold) implements Operation {
    @Override
    public Image apply(Image image) {
      return Colours.solarised(image, threshold);
    }
  }

  /** Counter-clockwise about the centre, degrees; nearest neighbour, black outside. */
  record Rotation(double degrees) implements Operation {
    @Override
    public Image apply(Image image) {
      return Rotations.rotated(image, degrees);
    }
  }

  /** The six coefficients from target to source pixels; nearest neighbour, black outside. */
  record Affine(List<Double> matrix) implements Operation {
    @Override
    public Image apply(Image image) {
      return Warp.affine(image, matrix);
    }
  }

  /** The eight coefficients from target to source pixels; bilinear, black outside. */
  record Perspective(List<Double> coefficients) implements Operation {
    @Override
    public Image apply(Image image) {
      return Warp.perspective(image, coefficients);
    }
  }
}
