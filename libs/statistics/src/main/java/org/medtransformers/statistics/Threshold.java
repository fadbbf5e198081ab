package org.medtransformers.statistics;

/**
 * From which probability on an image is called positive. It is chosen on one split to be used on
 * another.
 *
 * @param probability an image is positive at this or more; infinite where calling nothing positive
 *     is best
 * @param logit the same as log-odds
 */
public record Threshold(double probability, double logit) {
  private static final double ROUNDING = 1e-12;

  /**
   * The one with the largest sensitivity + specificity - 1, of equally good ones the highest.
   *
   * @see <a
   *     href="https://doi.org/10.1002/1097-0142(1950)3:1%3C32::AID-CNCR2820030106%3E3.0.CO;2-3">Index
   *     for rating diagnostic tests, Youden, 1950</a>
   * @throws IllegalArgumentException if images of one class are missing
   */
  public static Threshold youden(BinaryScores scores) {
    return choose(
        scores,
        new Choice() {
          private double best;

          @Override
          public boolean take(double sensitivity, double falsePositiveRate) {
            double index = sensitivity - falsePositiveRate;
            boolean better = index > best;
            best = Math.max(best, index);
            return better;
          }
        });
  }

  /**
   * The highest one whose sensitivity is {@code wanted} or more.
   *
   * @param wanted above 0, at most 1
   * @throws IllegalArgumentException if images of one class are missing
   */
  public static Threshold sensitivity(BinaryScores scores, double wanted) {
    return choose(
        scores,
        new Choice() {
          private boolean found;

          @Override
          public boolean take(double sensitivity, double falsePositiveRate) {
            boolean first = !found && sensitivity >= wanted - ROUNDING;
            found |= first;
            return first;
          }
        });
  }

  /** Hears of the thresholds from the highest on. */
  private interface Choice {
    /** Whether this threshold is better than those taken before. */
    boolean take(double sensitivity, double falsePositiveRate);
  }

  private static Threshold choose(BinaryScores scores, Choice choice) {
    if (!scores.bothClasses()) {
      throw new IllegalArgumentException(
          "found %d positives among %d images, allowed: images of both classes"
              .formatted(scores.positives(), scores.images()));
    }
    Walk walk = new Walk(scores, choice);
    scores.ranking().visit(walk::visit);
    return new Threshold(walk.chosen, logit(scores, walk.chosen));
  }

  /** The smallest logit that has this probability. */
  private static double logit(BinaryScores scores, double probability) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < scores.images(); i++) {
      if (scores.probability(i) == probability) {
        smallest = Math.min(smallest, scores.logit(i));
      }
    }
    return smallest;
  }

  private static final class Walk {
    private final double positives;
    private final double negatives;
    private final Choice choice;
    private long truePositives;
    private long falsePositives;
    private double chosen = Double.POSITIVE_INFINITY;

    Walk(BinaryScores scores, Choice choice) {
      this.positives = scores.positives();
      this.negatives = scores.images() - positives;
      this.choice = choice;
    }

    void visit(double score, long newPositives, long newNegatives) {
      truePositives += newPositives;
      falsePositives += newNegatives;
      if (choice.take(truePositives / positives, falsePositives / negatives)) {
        chosen = score;
      }
    }
  }
}
