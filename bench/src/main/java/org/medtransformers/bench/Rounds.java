package org.medtransformers.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.medtransformers.contracts.error.MedtransException;

/** Repeats the same pieces of work on some threads. */
record Rounds(int count, int threads) {
  /** Rounds ahead of those measured, in which the virtual machine compiles the code. */
  private static final int WARM_UP = 5;

  /** Work on the pieces of one round, by the round's number. */
  interface Round {
    IntConsumer pieces(int number);
  }

  /**
   * Seconds that the fastest round takes, as a peer's best of several.
   *
   * @param pieces how many a round has; each is done by one thread
   */
  double fastest(int pieces, Round round) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double best = Double.POSITIVE_INFINITY;
      for (int i = -WARM_UP; i < count; i++) {
        long start = System.nanoTime();
        run(pool, threads, pieces, round.pieces(i + WARM_UP));
        if (i >= 0) {
          best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
      }
      return best;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Each thread takes the next piece that is left: handing every one over would cost more. */
  private static void run(ExecutorService pool, int threads, int pieces, IntConsumer work)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            work.accept(i);
          }
        };
    List<Future<?>> running = new ArrayList<>();
    IntStream.range(0, threads).forEach(thread -> running.add(pool.submit(share)));
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof MedtransException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
  }
}
