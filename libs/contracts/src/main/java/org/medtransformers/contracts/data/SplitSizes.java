package org.medtransformers.contracts.data;

/** Number of images in each part. */
public record SplitSizes(int train, int val, int test) {}
