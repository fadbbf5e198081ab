package org.medtransformers.learning.schedule;

/**
 * What a schedule may react to.
 *
 * @param metric the data set's target metric; larger is better
 * @param loss mean over the validation images
 */
public record Validation(double metric, double loss) {
  /** Before the first validation, as the reference has it. */
  public static final Validation NONE = new Validation(0, Double.POSITIVE_INFINITY);
}
