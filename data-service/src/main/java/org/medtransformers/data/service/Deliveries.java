package org.medtransformers.data.service;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The batches that are on their way to their readers. A batch goes out piece by piece, and its
 * reader is too slow if it takes longer for the piece at hand than the least rate allows: how fast
 * it was before does not matter, nor that it pauses between batches.
 */
final class Deliveries {
  /** Bytes that go out at a time. */
  static final int PIECE = 256 * 1024;

  private final Set<Delivery> open = ConcurrentHashMap.newKeySet();
  private final long nanosPerPiece;
  private final LongSupplier nanoTime;

  /**
   * @param leastRate bytes that a reader takes per second at least
   */
  Deliveries(long leastRate, LongSupplier nanoTime) {
    this.nanosPerPiece = (long) (1e9 * PIECE / leastRate);
    this.nanoTime = nanoTime;
  }

  Delivery begin(String reader, long bytes, Runnable cutOff) {
    Delivery delivery = new Delivery(this, reader, bytes, cutOff, nanoTime.getAsLong());
    open.add(delivery);
    return delivery;
  }

  void ended(Delivery delivery) {
    open.remove(delivery);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Bytes that were made and not taken yet. */
  long untaken() {
    return open.stream().mapToLong(Delivery::untaken).sum();
  }

  /** Of these, the ones that {@code reader} has to take. */
  long untaken(String reader) {
    return open.stream()
        .filter(delivery -> delivery.reader().equals(reader))
        .mapToLong(Delivery::untaken)
        .sum();
  }

  /** Those whose readers are slower than the least rate. */
  List<Delivery> slow() {
    long now = nanoTime.getAsLong();
    return open.stream().filter(d -> now - d.pieceBegan() > nanosPerPiece).toList();
  }
}
