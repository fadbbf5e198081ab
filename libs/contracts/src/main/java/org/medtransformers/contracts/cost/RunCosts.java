package org.medtransformers.contracts.cost;

import java.util.List;

/**
 * What a run has taken.
 *
 * @param training by kind of machine; empty where nothing was trained, or nobody measured it
 * @param inference null until the model is evaluated
 */
public record RunCosts(List<TrainingCost> training, InferenceCost inference) {
  /** Nothing is known. */
  public static final RunCosts NONE = new RunCosts(List.of(), null);

  public RunCosts {
    training = training == null ? List.of() : List.copyOf(training);
  }

  /** The same with what an evaluation has taken. */
  public RunCosts evaluated(InferenceCost found) {
    return new RunCosts(training, found);
  }
}
