package org.medtransformers.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medtransformers.contracts.result.PairedComparison.AcrossFolds;
import org.medtransformers.statistics.EvaluatedRun.Fold;

/**
 * The difference between two models from fold to fold: in each fold of each division the mean over
 * the trainings, which differ in their seed alone, so that a fold counts once however often it was
 * trained.
 */
final class FoldDifferences {
  private final Map<Long, Map<Integer, List<Double>>> byDivision = new TreeMap<>();
  private final List<Fold> folds = new ArrayList<>();

  private FoldDifferences() {}

  /**
   * The test across the folds; empty where there are none.
   *
   * @param first trainings of one model
   * @param second as many of the other, in the same order
   */
  static Optional<AcrossFolds> of(List<EvaluatedRun> first, List<EvaluatedRun> second) {
    FoldDifferences differences = new FoldDifferences();
    for (int i = 0; i < first.size(); i++) {
      differences.add(first.get(i), second.get(i));
    }
    return differences.folds.isEmpty() ? Optional.empty() : Optional.of(differences.test());
  }

  /** They were tested on the same images, so their folds have the same numbers. */
  private void add(EvaluatedRun first, EvaluatedRun second) {
    Map<Integer, Double> others = new TreeMap<>();
    second.folds().forEach(fold -> others.put(fold.number(), fold.value()));
    for (Fold fold : first.folds()) {
      Double other = others.get(fold.number());
      if (other != null) {
        folds.add(fold);
        byDivision
            .computeIfAbsent(first.training().division(), d -> new TreeMap<>())
            .computeIfAbsent(fold.number(), f -> new ArrayList<>())
            .add(fold.value() - other);
      }
    }
  }

  private AcrossFolds test() {
    List<Double> differences =
        byDivision.values().stream()
            .flatMap(division -> division.values().stream())
            .map(same -> same.stream().mapToDouble(d -> d).average().orElseThrow())
            .toList();
    double train = folds.stream().mapToInt(Fold::train).average().orElseThrow();
    double test = folds.stream().mapToInt(Fold::test).average().orElseThrow();
    CorrectedResampledT found = tested(differences, train, test);
    return new AcrossFolds(
        byDivision.values().iterator().next().size(),
        byDivision.size(),
        differences,
        train,
        test,
        found.mean(),
        found.t(),
        found.degreesOfFreedom(),
        found.p(),
        Double.NaN);
  }

  private static CorrectedResampledT tested(List<Double> differences, double train, double test) {
    boolean defined = differences.stream().allMatch(Double::isFinite);
    return defined
        ? CorrectedResampledT.of(differences.stream().mapToDouble(d -> d).toArray(), train, test)
        : new CorrectedResampledT(Double.NaN, Double.NaN, differences.size() - 1, Double.NaN);
  }
}
