package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;

/**
 * A file of {@code torch.save}: what its pickle says, and where the storages' bytes are.
 *
 * @param root the pickled object
 */
record TorchFile(Object root, Storages storages) {

  /** The bytes of storages. */
  interface Storages {
    /**
     * The {@link Storage#bytes} bytes of {@code storage}, in the byte order of the buffer.
     *
     * @throws UnreadableWeightsException if the file holds another number of bytes for it, or
     *     damaged ones
     */
    ByteBuffer bytes(Storage storage);
  }
}
