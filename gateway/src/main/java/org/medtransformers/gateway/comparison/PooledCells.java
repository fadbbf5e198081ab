package org.medtransformers.gateway.comparison;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.statistics.EvaluatedRun;
import org.medtransformers.statistics.PooledEstimate;

/**
 * The numbers of cells whose models were cross-validated: of the predictions of all folds together.
 * What a run predicts never changes once it has ended, so those of the same runs are made once, one
 * cell at a time, because it holds the predictions of all its runs.
 */
@Singleton
final class PooledCells implements Pooling {
  private static final long KEPT = 10_000;

  private final PredictionFiles files;
  private final Cache<List<UUID>, PooledEstimate> known =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  PooledCells(PredictionFiles files) {
    this.files = files;
  }

  @Override
  public synchronized Optional<PooledEstimate> of(List<Pool> pools) {
    List<UUID> key =
        pools.stream().flatMap(p -> p.evaluated().stream()).map(r -> r.run().id).toList();
    Optional<PooledEstimate> before = Optional.ofNullable(known.getIfPresent(key));
    // What cannot be read now may be there the next time.
    return before.or(
        () -> {
          Optional<PooledEstimate> estimate = estimate(pools);
          estimate.ifPresent(e -> known.put(key, e));
          return estimate;
        });
  }

  private Optional<PooledEstimate> estimate(List<Pool> pools) {
    List<EvaluatedRun> trainings =
        pools.stream().flatMap(pool -> files.read(pool, new ArrayList<>()).stream()).toList();
    boolean comparable = trainings.stream().map(EvaluatedRun::test).distinct().count() == 1;
    return comparable && trainings.size() == pools.size()
        ? Optional.of(PooledEstimate.of(trainings))
        : Optional.empty();
  }
}
