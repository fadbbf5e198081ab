package org.medtransformers.plots;

import java.awt.FontMetrics;

/** Text in pictures. */
public final class Texts {
  private Texts() {}

  /** {@code text}, cut off where it is wider than {@code width} pixels. */
  public static String fitting(String text, FontMetrics metrics, int width) {
    String fitting = text;
    while (metrics.stringWidth(fitting) > width && fitting.length() > 1) {
      fitting = fitting.substring(0, fitting.length() - 2) + "…";
    }
    return fitting;
  }
}
