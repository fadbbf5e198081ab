package org.medtransformers.parity;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of a report.
 *
 * @param group of the case
 * @param name of the case, or of the file
 * @param worst the largest deviation over its tolerance, 0 to 1 where all is well; NaN where
 *     nothing was compared
 * @param message what is wrong; empty if it passed
 */
public record Verdict(
    String group,
    @JsonProperty("case") String name,
    @JsonProperty("worst_ratio") double worst,
    boolean passed,
    String message) {}
