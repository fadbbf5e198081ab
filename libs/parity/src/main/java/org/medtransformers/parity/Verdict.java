package org.medtransformers.parity;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of a report.
 *
 * @param group of the case
 * @param name of the case, or of the file
 * @param worst the largest deviation over its tolerance, 0 to 1 where all is well; NaN where
 *     nothing was compared
 * @param message what is wrong, or that it passed in float64 only; empty otherwise
 */
public record Verdict(
    String group,
    @JsonProperty("case") String name,
    @JsonProperty("worst_ratio") double worst,
    boolean passed,
    String message) {
  /** A pass in float64 where {@code float32} failed. */
  Verdict because(Verdict float32) {
    String note = "in float64; in float32 %.3g, %s".formatted(float32.worst(), float32.message());
    return new Verdict(group, name, worst, passed, note);
  }
}
