package org.medtransformers.imaging.batch;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What the making of one batch is held to.
 *
 * @param bytes of all its views together, at most
 * @param unwanted asked before each image: whether nobody waits for the batch any more
 */
public record Bounds(long bytes, BooleanSupplier unwanted) {
  /** The largest batch that fits into buffers, made to the end. */
  static final Bounds WIDEST = new Bounds(1L << 30, () -> false);

  /** Throws {@link CancellationException} where nobody waits any more. */
  void requireWanted() {
    if (unwanted.getAsBoolean()) {
      throw new CancellationException("nobody waits for the batch any more");
    }
  }
}
