package org.medtransformers.statistics;

import java.util.Locale;
import org.medtransformers.contracts.result.Decision;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.PairedComparison.Claim;
import org.medtransformers.contracts.result.PairedComparison.Difference;
import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * What may be said of two models on one data set, by a fixed rule. The first row that holds
 * decides:
 *
 * <table>
 *   <caption>Decisions</caption>
 *   <tr><td>difference, interval or probability undefined</td><td>{@link Decision#INCOMPARABLE}</td></tr>
 *   <tr><td>P(equivalent) ≥ 0.95</td><td>{@link Decision#EQUIVALENT}, whatever the interval says: a
 *       difference may be sure and too small to matter</td></tr>
 *   <tr><td>0 in the interval, bounds included</td><td>{@link Decision#UNDECIDED}</td></tr>
 *   <tr><td>p, corrected for all tests of the table, ≥ 0.05</td><td>{@link Decision#UNCORRECTED}</td></tr>
 *   <tr><td>interval above 0</td><td>{@link Decision#FIRST_BETTER}</td></tr>
 *   <tr><td>interval below 0</td><td>{@link Decision#SECOND_BETTER}</td></tr>
 * </table>
 *
 * @param decision that follows
 * @param words a clause that says it with its numbers
 */
public record Verdict(Decision decision, String words) {
  private static final double SURE = 0.95;
  private static final double ALPHA = 0.05;

  /**
   * The verdict that follows.
   *
   * @param pair with p-values that are corrected for all tests of the table
   */
  public static Verdict of(PairedComparison pair) {
    Decision decision = decision(pair);
    return new Verdict(decision, words(decision, pair));
  }

  private static Decision decision(PairedComparison pair) {
    Difference difference = pair.difference();
    Claim claim = pair.claim();
    double all = difference.value() + difference.low() + difference.high();
    if (Double.isNaN(all + claim.firstBetter() + claim.equivalent())) {
      return Decision.INCOMPARABLE;
    }
    if (claim.equivalent() >= SURE) {
      return Decision.EQUIVALENT;
    }
    if (difference.low() <= 0 && difference.high() >= 0) {
      return Decision.UNDECIDED;
    }
    if (p(pair) >= ALPHA) {
      return Decision.UNCORRECTED;
    }
    return difference.low() > 0 ? Decision.FIRST_BETTER : Decision.SECOND_BETTER;
  }

  /**
   * Of a cross-validation the larger of both p-values: the bootstrap does not know that folds share
   * training images.
   */
  private static double p(PairedComparison pair) {
    return byFolds(pair) ? pair.folds().pHolm() : pair.difference().pHolm();
  }

  private static boolean byFolds(PairedComparison pair) {
    return pair.folds() != null && pair.folds().pHolm() > pair.difference().pHolm();
  }

  private static String words(Decision decision, PairedComparison pair) {
    String both = name(pair.first()) + " and " + name(pair.second());
    return switch (decision) {
      case FIRST_BETTER -> better(pair, pair.first(), pair.second(), 1);
      case SECOND_BETTER -> better(pair, pair.second(), pair.first(), -1);
      case EQUIVALENT ->
          "%s are practically equivalent: with probability %s their %s differ by %s at most"
              .formatted(
                  both,
                  probability(pair.claim().equivalent()),
                  pair.metric(),
                  plain(pair.claim().rope()));
      case UNCORRECTED ->
          "undecided between %s: %s differs by %s, which leaves zero out, but p%s = %s corrected for all tests of the table"
              .formatted(
                  both,
                  pair.metric(),
                  difference(pair, 1),
                  byFolds(pair) ? " across folds" : "",
                  number(p(pair)));
      case UNDECIDED ->
          "undecided between %s: %s differs by %s; %s"
              .formatted(both, pair.metric(), difference(pair, 1), needed(pair.claim()));
      case INCOMPARABLE ->
          "%s cannot be compared: %s is undefined on these images".formatted(both, pair.metric());
    };
  }

  /** {@code deit_small (ImageNet)}. */
  static String name(Model model) {
    return model.backbone() + " (" + model.initialisation() + ")";
  }

  private static String better(PairedComparison pair, Model better, Model worse, int sign) {
    double sure = pair.claim().firstBetter();
    String matters =
        Math.abs(pair.difference().value()) <= pair.claim().rope()
            ? ", which may be too little to matter"
            : "";
    return "%s is better than %s: %s is higher by %s, with probability %s%s"
        .formatted(
            name(better),
            name(worse),
            pair.metric(),
            difference(pair, sign),
            probability(sign > 0 ? sure : 1 - sure),
            matters);
  }

  private static String needed(Claim claim) {
    String unit = Bootstrap.GROUP.equals(claim.unit()) ? "patients or lesions" : "images";
    if (claim.needed() == null) {
      return "no number of %s would show a difference of that size".formatted(unit);
    }
    return claim.needed() <= claim.units()
        ? "more trainings would be needed rather than more " + unit
        : "about %s %s would be needed".formatted(round(claim.needed()), unit);
  }

  /** Rounded up to two digits: more would pretend to be known. */
  private static String round(long n) {
    long unit = (long) Math.pow(10, Math.max(0, Long.toString(n).length() - 2.0));
    return String.format(Locale.ROOT, "%,d", (n + unit - 1) / unit * unit);
  }

  /** With its interval, from the view of the first model or, with -1, of the second. */
  private static String difference(PairedComparison pair, int sign) {
    Difference difference = pair.difference();
    return "%s [%s, %s]"
        .formatted(
            number(sign * difference.value()),
            number(sign > 0 ? difference.low() : -difference.high()),
            number(sign > 0 ? difference.high() : -difference.low()));
  }

  /** Never 0 or 1: draws cannot show either. */
  private static String probability(double p) {
    return p > 0.999 ? "> 0.999" : p < 0.001 ? "< 0.001" : number(p);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
