package org.medtransformers.gateway.curve;

import java.util.List;
import java.util.Map;

/**
 * The curves of one run.
 *
 * @param training its own numbers
 * @param validation the metrics of the validation split
 */
public record RunCurves(String runId, Columns training, Columns validation) {

  /**
   * Points by rising iteration, one column for each thing.
   *
   * @param seconds since the training began for the first time, interruptions included
   * @param metrics by their names
   */
  public record Columns(
      List<Double> iteration,
      List<Double> epoch,
      List<Double> seconds,
      Map<String, List<Double>> metrics) {}
}
