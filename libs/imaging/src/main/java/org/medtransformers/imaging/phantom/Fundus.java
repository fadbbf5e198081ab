package org.medtransformers.imaging.phantom;

import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.phantom.Canvas.Colour;
import org.medtransformers.imaging.random.RandomStream;

/**
 * Draws an eye's background with the lesions of a grade of diabetic retinopathy. Numbers and kinds
 * follow the international severity scale (Wilkinson et al. 2003) loosely; sizes are exaggerated so
 * that they survive the reduction to 64 pixels.
 */
final class Fundus {
  private static final Colour VESSEL = new Colour(0.42, 0.10, 0.05);
  private static final Colour BLOOD = new Colour(0.30, 0.02, 0.02);
  private static final Colour EXUDATE = new Colour(0.98, 0.90, 0.35);
  private static final Colour COTTON = new Colour(0.95, 0.92, 0.85);
  private static final double NOISE = 0.015;

  private final Canvas canvas;
  private final RandomStream random;
  private final double centreX;
  private final double centreY;
  private final double radius;

  private Fundus(int size, RandomStream random) {
    this.canvas = new Canvas(size);
    this.random = random;
    this.centreX = random.uniform(0.48, 0.52);
    this.centreY = random.uniform(0.48, 0.52);
    this.radius = random.uniform(0.43, 0.47);
  }

  /** An image of {@code size} × {@code size} pixels of {@code grade} 0 to 4. */
  static Image draw(int grade, int size, RandomStream random) {
    Fundus fundus = new Fundus(size, random);
    fundus.background();
    fundus.opticDiscAndVessels();
    fundus.lesions(grade);
    double direction = random.uniform(0, 2 * Math.PI);
    fundus.canvas.illuminate(
        StrictMath.cos(direction), StrictMath.sin(direction), random.uniform(0, 0.2));
    return fundus.canvas.developed(NOISE, random);
  }

  private void background() {
    Colour retina =
        new Colour(
            random.uniform(0.66, 0.76), random.uniform(0.33, 0.40), random.uniform(0.10, 0.15));
    canvas.spot(centreX, centreY, radius, retina.times(0.8), 1, d -> d <= 1 ? 1 : 0);
    canvas.spot(centreX, centreY, radius, retina.times(1.15), 1, Canvas.GLOW);
    canvas.spot(centreX, centreY, 0.09, retina.times(0.6), 0.7, Canvas.GLOW);
  }

  private void opticDiscAndVessels() {
    boolean leftEye = random.chance(0.5);
    double x = centreX + (leftEye ? -0.24 : 0.24);
    double y = centreY + random.uniform(-0.03, 0.03);
    canvas.spot(x, y, random.uniform(0.065, 0.08), new Colour(0.96, 0.80, 0.50), 1, Canvas.DISC);
    double away = leftEye ? 0 : Math.PI;
    for (double angle : new double[] {-1.1, -0.6, 0.6, 1.1, 2.4, -2.4}) {
      vessel(x, y, away + angle + random.uniform(-0.2, 0.2));
    }
  }

  private void vessel(double startX, double startY, double startAngle) {
    double x = startX;
    double y = startY;
    double angle = startAngle;
    double width = random.uniform(0.010, 0.014);
    while (isInside(x, y, width) && width > 0.003) {
      canvas.spot(x, y, width, VESSEL, 0.8, Canvas.DISC);
      angle += 0.12 * random.normal();
      x += 0.008 * StrictMath.cos(angle);
      y += 0.008 * StrictMath.sin(angle);
      width *= 0.985;
    }
  }

  private boolean isInside(double x, double y, double margin) {
    return StrictMath.hypot(x - centreX, y - centreY) < radius - margin;
  }

  private void lesions(int grade) {
    switch (grade) {
      case 0 -> {}
      case 1 -> microaneurysms(between(8, 12));
      case 2 -> {
        microaneurysms(between(10, 14));
        haemorrhages(between(5, 8));
        exudates(between(2, 3));
      }
      case 3 -> {
        microaneurysms(between(12, 18));
        haemorrhages(between(16, 22));
        cottonWoolSpots(between(4, 6));
      }
      case 4 -> {
        haemorrhages(between(8, 12));
        exudates(between(3, 5));
        newVessels(between(4, 6));
        pool();
      }
      default -> throw new IllegalArgumentException("grade " + grade + " of 0 to 4");
    }
  }

  private int between(int least, int most) {
    return least + random.below(most - least + 1);
  }

  private double[] place(double margin) {
    while (true) {
      double x = random.uniform(0, 1);
      double y = random.uniform(0, 1);
      if (isInside(x, y, margin)) {
        return new double[] {x, y};
      }
    }
  }

  private void microaneurysms(int count) {
    for (int i = 0; i < count; i++) {
      double[] at = place(0.05);
      canvas.spot(at[0], at[1], random.uniform(0.012, 0.017), BLOOD, 1, Canvas.DISC);
    }
  }

  private void haemorrhages(int count) {
    for (int i = 0; i < count; i++) {
      double[] at = place(0.08);
      for (int part = 0; part < 3; part++) {
        double x = at[0] + random.uniform(-0.02, 0.02);
        double y = at[1] + random.uniform(-0.02, 0.02);
        canvas.spot(x, y, random.uniform(0.02, 0.03), BLOOD, 0.95, Canvas.DISC);
      }
    }
  }

  private void exudates(int clusters) {
    for (int i = 0; i < clusters; i++) {
      double[] at = place(0.12);
      for (int grain = 0; grain < 8; grain++) {
        double x = at[0] + 0.035 * random.normal();
        double y = at[1] + 0.035 * random.normal();
        if (isInside(x, y, 0.02)) {
          canvas.spot(x, y, random.uniform(0.010, 0.016), EXUDATE, 1, Canvas.DISC);
        }
      }
    }
  }

  private void cottonWoolSpots(int count) {
    for (int i = 0; i < count; i++) {
      double[] at = place(0.1);
      canvas.spot(at[0], at[1], random.uniform(0.06, 0.08), COTTON, 0.95, Canvas.GLOW);
    }
  }

  private void newVessels(int tangles) {
    for (int i = 0; i < tangles; i++) {
      double[] at = place(0.12);
      for (int loop = 0; loop < 4; loop++) {
        tangle(at[0], at[1]);
      }
    }
  }

  private void tangle(double centreOfTangleX, double centreOfTangleY) {
    double x = centreOfTangleX;
    double y = centreOfTangleY;
    double angle = random.uniform(0, 2 * Math.PI);
    double turn = random.uniform(0.15, 0.35);
    for (int step = 0; step < 24; step++) {
      canvas.spot(x, y, 0.006, VESSEL, 0.9, Canvas.DISC);
      angle += turn + 0.15 * random.normal();
      x += 0.009 * StrictMath.cos(angle);
      y += 0.009 * StrictMath.sin(angle);
    }
  }

  /** Blood before the retina, below its middle. */
  private void pool() {
    double x = centreX + random.uniform(-0.15, 0.15);
    double y = centreY + random.uniform(0.15, 0.25);
    canvas.spot(x, y, random.uniform(0.08, 0.12), BLOOD, 0.95, Canvas.DISC);
  }
}
