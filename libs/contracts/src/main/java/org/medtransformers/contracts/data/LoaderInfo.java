package org.medtransformers.contracts.data;

/**
 * A loader as the data-service knows it.
 *
 * @param id hash of the description
 * @param images images served per epoch
 * @param batches batches per epoch
 */
public record LoaderInfo(String id, LoaderSpec spec, int images, int batches) {}
