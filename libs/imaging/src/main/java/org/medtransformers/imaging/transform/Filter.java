package org.medtransformers.imaging.transform;

/** Interpolation kernels of {@link Resampler}, as PIL defines them. */
public enum Filter {
  BILINEAR(1) {
    @Override
    double weight(double x) {
      double distance = Math.abs(x);
      return distance < 1 ? 1 - distance : 0;
    }
  },
  /** Keys' kernel with a = -0.5. */
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double a = -0.5;
      double d = Math.abs(x);
      if (d < 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
  };

  private final double support;

  Filter(double support) {
    this.support = support;
  }

  /** Radius in source pixels at equal size. */
  double support() {
    return support;
  }

  abstract double weight(double x);
}
