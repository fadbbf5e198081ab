package org.medtransformers.learning.weights;

import java.util.List;
import org.medtransformers.contracts.tensor.DType;

/**
 * A tensor as the pickle describes it; nothing is allocated and nothing checked yet.
 *
 * @param offset of the first element in the storage, in elements of {@code dtype}
 * @param strides in elements, one per dimension
 */
record StoredTensor(
    Storage storage, DType dtype, long offset, List<Long> shape, List<Long> strides) {}
