package org.medtransformers.imaging.phantom;

import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.random.RandomStream;

/** A square RGB picture in floats, drawn in coordinates from 0 to 1. */
final class Canvas {
  private final int size;
  private final float[] pixels;

  Canvas(int size) {
    this.size = size;
    this.pixels = new float[size * size * 3];
  }

  /** Values from 0 to 1. */
  record Colour(double red, double green, double blue) {
    double of(int channel) {
      return channel == 0 ? red : channel == 1 ? green : blue;
    }

    Colour times(double factor) {
      return new Colour(red * factor, green * factor, blue * factor);
    }
  }

  /** What is drawn at a distance from a centre. */
  interface Shade {
    /** The opacity, 0 to 1, at {@code distance} from the centre in units of the radius. */
    double at(double distance);
  }

  /** Opaque inside, with an edge a fifth of the radius wide. */
  static final Shade DISC = distance -> Math.max(0, Math.min(1, (1.1 - distance) * 5));

  /** Fades from the centre to the rim. */
  static final Shade GLOW =
      distance -> distance >= 1 ? 0 : (1 - distance * distance) * (1 - distance * distance);

  /** Paints a round spot over what is there. */
  void spot(double x, double y, double radius, Colour colour, double opacity, Shade shade) {
    double reach = radius * 1.1 * size + 1;
    int fromY = (int) Math.max(0, y * size - reach);
    int toY = (int) Math.min(size - 1, y * size + reach);
    int fromX = (int) Math.max(0, x * size - reach);
    int toX = (int) Math.min(size - 1, x * size + reach);
    for (int row = fromY; row <= toY; row++) {
      for (int column = fromX; column <= toX; column++) {
        double dx = (column + 0.5) / size - x;
        double dy = (row + 0.5) / size - y;
        double cover = opacity * shade.at(Math.sqrt(dx * dx + dy * dy) / radius);
        blend((row * size + column) * 3, colour, cover);
      }
    }
  }

  private void blend(int pixel, Colour colour, double cover) {
    for (int c = 0; c < 3; c++) {
      pixels[pixel + c] += (float) (cover * (colour.of(c) - pixels[pixel + c]));
    }
  }

  /** Brightens one side and darkens the other, linearly, by up to {@code strength}. */
  void illuminate(double directionX, double directionY, double strength) {
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double along = directionX * (2.0 * column / size - 1) + directionY * (2.0 * row / size - 1);
        for (int c = 0; c < 3; c++) {
          pixels[(row * size + column) * 3 + c] *= (float) (1 + strength * along);
        }
      }
    }
  }

  /** The picture in bytes, with noise of that standard deviation on all that is not black. */
  Image developed(double noise, RandomStream random) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      double value = pixels[i] <= 0 ? 0 : pixels[i] + noise * random.normal();
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
    return new Image(bytes, size, size, 3);
  }
}
