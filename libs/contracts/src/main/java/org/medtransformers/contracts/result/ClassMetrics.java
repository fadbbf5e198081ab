package org.medtransformers.contracts.result;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One class against the rest; a ratio 0/0 is 0, as in scikit-learn.
 *
 * @param support images that show it
 * @param rocAuc NaN where all images show it, or none
 * @param averagePrecision NaN where none shows it
 */
public record ClassMetrics(
    String name,
    int support,
    double precision,
    double recall,
    double f1,
    @JsonProperty("roc_auc") double rocAuc,
    @JsonProperty("average_precision") double averagePrecision) {}
