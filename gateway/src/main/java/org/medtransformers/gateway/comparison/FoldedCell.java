package org.medtransformers.gateway.comparison;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Folds;
import org.medtransformers.statistics.PooledEstimate;

/** The cell of a model that was cross-validated. */
final class FoldedCell {
  private FoldedCell() {}

  /**
   * Its numbers; null where no fold has been evaluated.
   *
   * @param planned every division and every seed
   */
  static Cell of(List<Pool> planned, Pooling pooling) {
    List<Pool> used = Pool.usable(planned);
    if (used.isEmpty()) {
      return null;
    }
    Optional<PooledEstimate> pooled = pooling.of(used);
    List<Double> values = pooled.map(PooledEstimate::values).orElse(List.of());
    return new Cell(
        values.isEmpty() ? null : Spread.median(values),
        Spread.standardDeviation(values),
        (int) used.stream().filter(Pool::whole).count(),
        planned.size(),
        values,
        folds(planned, used, pooled));
  }

  private static Folds folds(List<Pool> planned, List<Pool> used, Optional<PooledEstimate> pooled) {
    List<Double> each =
        used.stream()
            .flatMap(pool -> pool.evaluated().stream())
            .flatMap(run -> Comparison.value(run).stream())
            .toList();
    return new Folds(
        pooled.map(PooledEstimate::value).orElse(null),
        pooled.map(PooledEstimate::low).orElse(null),
        pooled.map(PooledEstimate::high).orElse(null),
        pooled.map(PooledEstimate::images).orElse(null),
        pooled
            .map(PooledEstimate::groups)
            .map(g -> g.isPresent() ? g.getAsInt() : null)
            .orElse(null),
        planned.get(0).folds(),
        each.size(),
        planned.stream().mapToInt(pool -> pool.evaluated().size()).sum(),
        each.stream().mapToDouble(v -> v).average().orElse(Double.NaN),
        Spread.standardDeviation(each));
  }
}
