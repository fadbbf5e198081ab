package org.medtransformers.contracts.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison would run, and why.
 *
 * @param name of the experiment
 * @param data what was seen
 * @param choices in the order in which they were made
 * @param runs trainings, first phases included
 * @param notices what the reader of a result must know beforehand
 * @param document the experiment file
 */
public record ComparisonPlan(
    String name,
    DataLook data,
    List<Choice> choices,
    List<Arm> arms,
    int runs,
    Time time,
    List<String> notices,
    ObjectNode document) {

  /**
   * Something that was chosen.
   *
   * @param what such as {@code image size}
   * @param value such as {@code 64 pixels}
   * @param rule by which
   * @param change how to choose otherwise
   */
  public record Choice(String what, String value, String rule, String change) {}

  /**
   * One row of the table.
   *
   * @param runs so many trainings with labels
   * @param epochs of each
   * @param secondsPerRun of each, a first phase without labels included
   */
  public record Arm(
      String backbone, String initialisation, int runs, int epochs, double secondsPerRun) {}

  /**
   * @param given seconds
   * @param planned seconds, all parts together
   * @param machine that was measured
   */
  public record Time(double given, double planned, String machine, List<Part> parts) {}

  /** Such as looking at the data, or training one arm. */
  public record Part(String what, double seconds) {}

  /** {@code 45 s}, {@code 12 min}, {@code 3 h 20 min}. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 100) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 100
        ? String.format(Locale.ROOT, "%.1f min", seconds / 60).replace(".0", "")
        : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }
}
