package org.medtransformers.contracts.loader;

import java.util.List;

/**
 * A loader as the data-service knows it.
 *
 * @param id hash of the description
 * @param images images served per epoch
 * @param batches batches per epoch
 * @param classCounts images of the whole split per class, in label order
 */
public record LoaderInfo(
    String id, LoaderSpec spec, int images, int batches, List<Integer> classCounts) {}
