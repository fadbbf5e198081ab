package org.medtransformers.contracts.data;

/**
 * A data set that has been decoded once.
 *
 * @param id content hash, also the name of its folder below {@code datasets/}
 * @param leakingGroups patients or lesions that occur in more than one split; null where unknown
 */
public record PreparedDataset(
    String id, DatasetDescription description, SplitSizes sizes, Integer leakingGroups) {}
