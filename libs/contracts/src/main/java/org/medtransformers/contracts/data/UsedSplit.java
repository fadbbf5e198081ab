package org.medtransformers.contracts.data;

/**
 * Which split a prepared data set has.
 *
 * @param kind {@code seed-compatible}, {@code grouped}, {@code kfold}, or {@code official} for one
 *     that the data set brings along
 * @param sha256 of the split's text: data set, kind, parameters and the ids of each part
 */
public record UsedSplit(String kind, String sha256) {}
