package org.medtransformers.planning;

/**
 * What was measured of a {@link Setting}; all in seconds.
 *
 * @param perImage of training, the wait for data included
 * @param perEvaluated image of a forward pass
 * @param perValidation beyond its images: a new best model is written
 * @param perRun beyond all its images: waiting for its turn, building the network, writing results
 * @param machine that was measured
 */
public record Speed(
    double perImage, double perEvaluated, double perValidation, double perRun, String machine) {

  /** What it would be for images {@code times} as wide and high, work growing with the area. */
  Speed scaled(double times) {
    double area = times * times;
    return new Speed(perImage * area, perEvaluated * area, perValidation, perRun, machine);
  }
}
