package org.medtransformers.contracts.result;

import java.util.List;
import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * How models rank over several data sets, by Friedman's test and Nemenyi's (Demšar, 2006).
 *
 * @param datasets columns of the table that they are ranked on
 * @param models the best first
 * @param chiSquare Friedman's, corrected for ties; NaN where all models tie on all data sets
 * @param degreesOfFreedom models less one
 * @param p of no difference between any two models; NaN likewise
 * @param alpha of the critical difference
 * @param criticalDifference mean ranks that lie further apart differ, by Nemenyi's test
 * @param nemenyi p of each pair of {@code models}, corrected for their number; 1 on the diagonal
 * @param indistinguishable the largest sets of models of which no two lie further apart than the
 *     critical difference, by their places in {@code models}
 */
public record ModelRanks(
    List<String> datasets,
    List<Ranked> models,
    double chiSquare,
    int degreesOfFreedom,
    double p,
    double alpha,
    double criticalDifference,
    List<List<Double>> nemenyi,
    List<List<Integer>> indistinguishable) {
  public ModelRanks {
    datasets = List.copyOf(datasets);
    models = List.copyOf(models);
  }

  /**
   * A model over all data sets.
   *
   * @param rank mean over the data sets, 1 being the best; equal values share the mean of theirs
   * @param values on each data set, the mean over its trainings
   */
  public record Ranked(Model model, double rank, List<Double> values) {
    public Ranked {
      values = List.copyOf(values);
    }
  }

  /** Whether Friedman's test finds a difference, without which the critical one says nothing. */
  public boolean differ() {
    return p < alpha;
  }
}
