package org.medtransformers.gateway.comparison;

import java.util.List;
import java.util.Optional;
import org.medtransformers.statistics.PooledEstimate;

/** Puts the predictions of folds together. */
interface Pooling {
  /** Where no file is read: nothing is known but the numbers of each fold. */
  Pooling NONE = pools -> Optional.empty();

  /**
   * The number of a cell.
   *
   * @param pools of one model on one data set, each with a fold that was evaluated
   * @return empty where predictions are missing, or of different images
   */
  Optional<PooledEstimate> of(List<Pool> pools);
}
