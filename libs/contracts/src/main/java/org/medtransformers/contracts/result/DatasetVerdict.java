package org.medtransformers.contracts.result;

import org.medtransformers.contracts.result.PairedComparison.Model;

/**
 * What the comparison says of one data set.
 *
 * @param metric name of the data set's target metric
 * @param best the model with the largest mean over its trainings
 * @param sentence what its difference from each model that it is tested with allows to say, by the
 *     {@link Decision} of each pair
 */
public record DatasetVerdict(String dataset, String metric, Model best, String sentence) {}
