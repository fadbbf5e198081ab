package org.medtransformers.trainer.loop;

import org.medtransformers.contracts.result.Metrics;

/**
 * What a validation has found.
 *
 * @param metrics by which models are compared
 * @param knn of the nearest neighbours, where they were asked besides; else null
 */
public record Measured(Metrics metrics, Metrics knn) {}
