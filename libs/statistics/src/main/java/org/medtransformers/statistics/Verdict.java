package org.medtransformers.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.Intervals.Interval;

/**
 * What may be said of two models on one data set, by a fixed rule. The first row that holds
 * decides:
 *
 * <table>
 *   <caption>Decisions</caption>
 *   <tr><td>difference, interval or probability undefined</td><td>{@link Kind#INCOMPARABLE}</td></tr>
 *   <tr><td>P(equivalent) ≥ 0.95</td><td>{@link Kind#EQUIVALENT}, whatever the interval says: a
 *       difference may be sure and too small to matter</td></tr>
 *   <tr><td>0 in the interval, bounds included</td><td>{@link Kind#UNDECIDED}</td></tr>
 *   <tr><td>p, corrected for all tests of the table, ≥ 0.05</td><td>{@link Kind#UNCORRECTED}</td></tr>
 *   <tr><td>interval above 0</td><td>{@link Kind#FIRST_BETTER}</td></tr>
 *   <tr><td>interval below 0</td><td>{@link Kind#SECOND_BETTER}</td></tr>
 * </table>
 *
 * @param kind of the decision
 * @param words a clause that says it with its numbers
 */
public record Verdict(Kind kind, String words) {
  private static final double SURE = 0.95;
  private static final double ALPHA = 0.05;

  /** What may be said, the firmest first. */
  public enum Kind {
    FIRST_BETTER,
    SECOND_BETTER,
    EQUIVALENT,
    /** The pair by itself differs, but not among so many tests. */
    UNCORRECTED,
    UNDECIDED,
    INCOMPARABLE
  }

  /**
   * What a verdict follows from.
   *
   * @param first name of a model
   * @param second name of the other one
   * @param metric of which more is better
   * @param difference first less second
   * @param interval of the difference, 95 %
   * @param p of no difference, corrected for the number of tests; NaN where there is but one
   * @param superiority probabilities of the same draws
   * @param rope that {@code superiority} was asked with
   * @param unit what is drawn, in the plural: patients, lesions, images
   * @param needed how many of them would show the difference; empty: no number would
   * @param few what there is too little of, as in {@link
   *     org.medtransformers.contracts.result.Intervals#few}
   */
  public record Evidence(
      String first,
      String second,
      String metric,
      double difference,
      Interval interval,
      double p,
      Superiority superiority,
      double rope,
      String unit,
      OptionalLong needed,
      List<String> few) {
    public Evidence {
      few = List.copyOf(few);
    }
  }

  /** The verdict that follows. */
  public static Verdict of(Evidence evidence) {
    Kind kind = kind(evidence);
    String few =
        evidence.few().isEmpty() || kind == Kind.INCOMPARABLE
            ? ""
            : " (not to be relied on: " + String.join(", ", evidence.few()) + ")";
    return new Verdict(kind, words(kind, evidence) + few);
  }

  private static Kind kind(Evidence evidence) {
    Interval interval = evidence.interval();
    Superiority superiority = evidence.superiority();
    double all = evidence.difference() + interval.low() + interval.high();
    if (Double.isNaN(all + superiority.firstBetter() + superiority.equivalent())) {
      return Kind.INCOMPARABLE;
    }
    if (superiority.equivalent() >= SURE) {
      return Kind.EQUIVALENT;
    }
    if (interval.low() <= 0 && interval.high() >= 0) {
      return Kind.UNDECIDED;
    }
    if (evidence.p() >= ALPHA) {
      return Kind.UNCORRECTED;
    }
    return interval.low() > 0 ? Kind.FIRST_BETTER : Kind.SECOND_BETTER;
  }

  private static String words(Kind kind, Evidence evidence) {
    String both = evidence.first() + " and " + evidence.second();
    return switch (kind) {
      case FIRST_BETTER -> better(evidence, evidence.first(), evidence.second(), 1);
      case SECOND_BETTER -> better(evidence, evidence.second(), evidence.first(), -1);
      case EQUIVALENT ->
          "%s are practically equivalent: with probability %s their %s differ by %s at most"
              .formatted(
                  both,
                  probability(evidence.superiority().equivalent()),
                  evidence.metric(),
                  plain(evidence.rope()));
      case UNCORRECTED ->
          "undecided between %s: %s differs by %s, which by itself would be more than chance, but not among all tests of the table (p = %s)"
              .formatted(both, evidence.metric(), difference(evidence, 1), number(evidence.p()));
      case UNDECIDED ->
          "undecided between %s: %s differs by %s; %s"
              .formatted(both, evidence.metric(), difference(evidence, 1), needed(evidence));
      case INCOMPARABLE ->
          "%s cannot be compared: %s is undefined on these images"
              .formatted(both, evidence.metric());
    };
  }

  private static String better(Evidence evidence, String better, String worse, int sign) {
    double sure = evidence.superiority().firstBetter();
    String matters =
        Math.abs(evidence.difference()) <= evidence.rope()
            ? ", which may be too little to matter"
            : "";
    return "%s is better than %s: %s is higher by %s, with probability %s%s"
        .formatted(
            better,
            worse,
            evidence.metric(),
            difference(evidence, sign),
            probability(sign > 0 ? sure : 1 - sure),
            matters);
  }

  private static String needed(Evidence evidence) {
    return evidence.needed().isEmpty()
        ? "no number of %s would show a difference of that size".formatted(evidence.unit())
        : "about %s %s would be needed"
            .formatted(round(evidence.needed().getAsLong()), evidence.unit());
  }

  /** Rounded up to two digits: more would pretend to be known. */
  private static String round(long n) {
    long unit = (long) Math.pow(10, Math.max(0, Long.toString(n).length() - 2.0));
    return String.format(Locale.ROOT, "%,d", (n + unit - 1) / unit * unit);
  }

  /** With its interval, from the view of the first model or, with -1, of the second. */
  private static String difference(Evidence evidence, int sign) {
    Interval interval = evidence.interval();
    return "%s [%s, %s]"
        .formatted(
            number(sign * evidence.difference()),
            number(sign > 0 ? interval.low() : -interval.high()),
            number(sign > 0 ? interval.high() : -interval.low()));
  }

  /** Never 0 or 1: draws cannot show either. */
  private static String probability(double p) {
    return p > 0.999 ? "> 0.999" : p < 0.001 ? "< 0.001" : number(p);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * One sentence of a data set: what was found of each pair, the firmest first.
   *
   * @param dataset its name
   * @param pairs one verdict or more
   */
  public static String sentence(String dataset, List<Verdict> pairs) {
    return pairs.stream()
        .sorted(Comparator.comparing(Verdict::kind))
        .map(Verdict::words)
        .collect(Collectors.joining("; ", dataset + ": ", "."));
  }
}
