package org.medtransformers.contracts.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training one run has taken on one kind of machine, by all attempts there.
 *
 * @param iterations that were done; one that an interrupted attempt had to leave and that was done
 *     again counts twice
 * @param seconds from the beginning of an attempt to its end, validations and checkpoints included
 * @param pace of the iterations alone
 */
public record TrainingCost(
    Machine machine,
    int attempts,
    long iterations,
    int iterationsPerEpoch,
    double seconds,
    Pace pace,
    Resources resources) {

  /** How long the iterations of an epoch take, the wait for data included; NaN without any. */
  @JsonProperty
  public double secondsPerEpoch() {
    return pace.seconds() / pace.batches() * iterationsPerEpoch;
  }

  /** Several attempts' together, one for each kind of machine, in the order of the first ones. */
  public static List<TrainingCost> byMachine(List<TrainingCost> attempts) {
    Map<Machine, TrainingCost> byMachine = new LinkedHashMap<>();
    attempts.forEach(cost -> byMachine.merge(cost.machine(), cost, TrainingCost::plus));
    return List.copyOf(byMachine.values());
  }

  private TrainingCost plus(TrainingCost later) {
    return new TrainingCost(
        machine,
        attempts + later.attempts,
        iterations + later.iterations,
        iterationsPerEpoch,
        seconds + later.seconds,
        pace.plus(later.pace),
        resources.plus(later.resources));
  }
}
