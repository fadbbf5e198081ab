package org.medtransformers.imaging.prepare;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Maps items on several threads and hands the results out in order, never more than a few ahead of
 * the taker, so that memory stays bounded.
 */
final class Ahead<T, R> implements AutoCloseable {
  private final ExecutorService pool;
  private final Iterator<T> items;
  private final Function<T, R> function;
  private final Queue<Future<R>> pending = new ArrayDeque<>();
  private final int lead;

  Ahead(Iterable<T> items, Function<T, R> function, int threads) {
    this.pool = Executors.newFixedThreadPool(threads);
    this.items = items.iterator();
    this.function = function;
    this.lead = threads + 1;
  }

  /** The next item's result; {@code null} behind the last. */
  R next() throws InterruptedException {
    while (pending.size() < lead && items.hasNext()) {
      T item = items.next();
      pending.add(pool.submit(() -> function.apply(item)));
    }
    Future<R> first = pending.poll();
    try {
      return first == null ? null : first.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MedtransException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
