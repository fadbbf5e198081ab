package org.medtransformers.gateway.curve;

import java.util.List;
import org.medtransformers.contracts.result.Phase;

/**
 * The curves of an experiment's runs, which differ in nothing but their repetition taken together.
 *
 * @param metric its name
 * @param arms in the order of the experiment; those without any point are left out
 * @param runs those that were asked for by themselves
 */
public record ExperimentCurves(String metric, Axis axis, List<Arm> arms, List<Single> runs) {

  /**
   * Runs of one cell.
   *
   * @param phase of the trainings that follow each other
   * @param learningRate that a search tries; null where none is searched
   */
  public record Cell(
      String dataset, String initialisation, String backbone, Phase phase, Double learningRate) {}

  /**
   * @param ids of the runs that have points
   */
  public record Arm(Cell cell, List<String> ids, Band band) {}

  /** One run. */
  public record Single(String id, List<Double> x, List<Double> y) {}
}
