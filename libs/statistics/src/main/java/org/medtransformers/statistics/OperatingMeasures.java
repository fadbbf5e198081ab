package org.medtransformers.statistics;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a test of two classes is worth at a threshold that was chosen elsewhere, and what its
 * probabilities are worth.
 *
 * <p>What {@link Decisions} has is of the threshold; {@code brier} and {@code log_loss} (natural
 * logarithm) of the probabilities; {@code sensitivity_at_specificity_0.90} is the largest on the
 * curve of the measured images themselves, without interpolation, whose specificity is at least
 * that.
 */
public final class OperatingMeasures implements Resampled {
  private static final List<Double> SPECIFICITIES = List.of(0.80, 0.90, 0.95);
  private static final String AT_SPECIFICITY = "sensitivity_at_specificity_";

  /** 1 - 0.9 is a little more than 0.1, and 1/10 must do. */
  private static final double ROUNDING = 1e-12;

  private final BinaryScores scores;
  private final Decisions decisions;
  private final Ranking ranking;

  public OperatingMeasures(BinaryScores scores, Threshold threshold) {
    this.scores = scores;
    this.decisions = new Decisions(scores, threshold.probability());
    this.ranking = scores.ranking();
  }

  /** With every image counting once. */
  public Map<String, Double> values() {
    return values(Ranking.once(scores.images()));
  }

  @Override
  public Map<String, Double> values(int[] counts) {
    ConfusionMatrix matrix = decisions.matrix(counts);
    Map<String, Double> values = Decisions.values(matrix);
    probabilities(counts, values);
    atSpecificities(counts, matrix, values);
    return values;
  }

  /** Rows are truth, columns prediction at the threshold; every image counts once. */
  public List<List<Integer>> confusionMatrix() {
    return decisions.confusionMatrix();
  }

  @Override
  public boolean smooth(String name) {
    return !name.startsWith(AT_SPECIFICITY);
  }

  @Override
  public int[] support() {
    return decisions.support();
  }

  private void probabilities(int[] counts, Map<String, Double> values) {
    double squares = 0;
    double logarithms = 0;
    long n = 0;
    for (int i = 0; i < counts.length; i++) {
      double missing = (scores.positive(i) ? 1 : 0) - scores.probability(i);
      squares += counts[i] * missing * missing;
      logarithms +=
          counts[i] * Predictions.softplus(scores.positive(i) ? -scores.logit(i) : scores.logit(i));
      n += counts[i];
    }
    values.put("brier", squares / n);
    values.put("log_loss", logarithms / n);
  }

  private void atSpecificities(int[] counts, ConfusionMatrix matrix, Map<String, Double> values) {
    double positives = matrix.actual(1);
    double negatives = matrix.actual(0);
    for (double specificity : SPECIFICITIES) {
      Best best = new Best(positives, negatives, 1 - specificity + ROUNDING);
      ranking.visit(counts, best);
      boolean defined = positives > 0 && negatives > 0;
      values.put(
          String.format(Locale.ROOT, AT_SPECIFICITY + "%.2f", specificity),
          defined ? best.sensitivity : Double.NaN);
    }
  }

  /** The largest sensitivity with few enough false positives. */
  private static final class Best implements Ranking.Visitor {
    private final double positives;
    private final double negatives;
    private final double allowed;
    private long truePositives;
    private long falsePositives;
    private double sensitivity;

    Best(double positives, double negatives, double allowed) {
      this.positives = positives;
      this.negatives = negatives;
      this.allowed = allowed;
    }

    @Override
    public void visit(double score, long newPositives, long newNegatives) {
      truePositives += newPositives;
      falsePositives += newNegatives;
      if (falsePositives / negatives <= allowed) {
        sensitivity = truePositives / positives;
      }
    }
  }
}
