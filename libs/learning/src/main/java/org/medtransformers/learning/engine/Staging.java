package org.medtransformers.learning.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Memory outside the heap through which batches reach libtorch. It is used again for every batch:
 * fresh direct buffers would pile up until the garbage collector happens to run.
 */
public final class Staging {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /** {@code tensor} as an array that is valid until the next call. The caller closes it. */
  public NDArray stage(PtNDManager manager, Tensor tensor) {
    ByteBuffer data = tensor.data();
    if (memory.capacity() < data.remaining()) {
      memory = ByteBuffer.allocateDirect(data.remaining());
    }
    ByteBuffer bytes = memory.slice(0, data.remaining()).order(ByteOrder.nativeOrder());
    bytes.put(data).rewind();
    return manager.create(bytes, NDArrays.shape(tensor), NDArrays.dataType(tensor.dtype()));
  }
}
