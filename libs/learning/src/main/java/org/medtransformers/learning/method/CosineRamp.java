package org.medtransformers.learning.method;

/**
 * From {@code first} towards {@code last} along half a cosine: {@code last + (first - last) (1 +
 * cos(π i / updates)) / 2} for update i, counted from 0. {@code last} itself is never reached.
 *
 * @param updates of the whole training
 */
public record CosineRamp(double first, double last, long updates) {
  /** The value for an update; what lies after the end has the value of the last one. */
  public double at(long update) {
    long i = Math.min(update, updates - 1);
    return last + (first - last) * (1 + Math.cos(Math.PI * i / updates)) / 2;
  }
}
