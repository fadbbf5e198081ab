package org.medtransformers.gateway.run;

import java.util.List;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.result.RunState;

/**
 * Where a run's model comes from, and where it went.
 *
 * @param source the run whose model it began with or tests; null where there is none
 * @param use what is taken over of a model that it began with; null where it began with first
 *     weights, only tests, or waits for the phase before
 * @param onlyTests whether it trains nothing
 * @param continuedBy the runs that began with its model, or will, the first ones
 * @param continued how many these are
 * @param testedBy the runs that test its model, likewise
 * @param tested how many these are
 */
public record Lineage(
    Relative source,
    StartingPoint.Use use,
    boolean onlyTests,
    List<Relative> continuedBy,
    long continued,
    List<Relative> testedBy,
    long tested) {

  /**
   * A run by what people know it.
   *
   * @param experiment name of the one that it belongs to
   */
  public record Relative(
      String id,
      String experimentId,
      String experiment,
      String modelName,
      String backbone,
      String initialisation,
      int repetition,
      RunState state) {}
}
