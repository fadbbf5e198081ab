package org.medtransformers.gateway.comparison;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.PooledEstimate;

/**
 * The numbers of cells whose models were cross-validated: of the predictions of all folds together.
 * What a run predicts never changes once it has ended, so those of the same runs are made once, by
 * {@link Calculations}, because a cell holds the predictions of all its runs.
 */
@Singleton
final class PooledCells implements Pooling {
  private static final long KEPT = 10_000;

  private final PredictionFiles files;
  private final Calculations.Known<List<UUID>, Optional<PooledEstimate>> known;

  PooledCells(PredictionFiles files, Calculations calculations) {
    this.files = files;
    this.known = calculations.keeping(KEPT);
  }

  @Override
  public Optional<PooledEstimate> of(List<Pool> pools) {
    List<UUID> key =
        pools.stream().flatMap(p -> p.evaluated().stream()).map(r -> r.run().id).toList();
    Optional<PooledEstimate> estimate = known.of(key, () -> estimate(pools));
    if (estimate.isEmpty()) {
      // What cannot be read now may be there the next time.
      known.forget(key);
    }
    return estimate;
  }

  private Optional<PooledEstimate> estimate(List<Pool> pools) {
    if (!files.fit(pools)) {
      return Optional.empty();
    }
    List<EvaluatedRun> trainings =
        pools.stream().flatMap(pool -> files.read(pool, new ArrayList<>()).stream()).toList();
    boolean comparable = trainings.stream().map(EvaluatedRun::test).distinct().count() == 1;
    return comparable && trainings.size() == pools.size()
        ? Optional.of(PooledEstimate.of(trainings))
        : Optional.empty();
  }
}
