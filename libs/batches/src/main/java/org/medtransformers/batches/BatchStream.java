package org.medtransformers.batches;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Batches in order, fetched ahead by a few threads: one until it is known how large batches are,
 * then as many as {@link BatchSettings#ahead} allows, so that large ones do not fill the heap. Used
 * by one thread; closing it stops what is in flight.
 */
public final class BatchStream implements AutoCloseable {
  /** Gets the batch at one position. */
  public interface Source {
    Batch fetch(long position) throws InterruptedException;
  }

  private final Source source;
  private final BatchSettings settings;
  private final long end;
  private final ExecutorService fetchers;
  private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
  private long asked;

  /** Of the batches that came; 0 before the first. */
  private long largestBytes;

  private long waitedNanos;

  /**
   * @param from the first position
   * @param to one after the last
   */
  public BatchStream(Source source, BatchSettings settings, long from, long to) {
    this.source = source;
    this.settings = settings;
    this.asked = from;
    this.end = to;
    this.fetchers =
        Executors.newFixedThreadPool(
            settings.prefetch(),
            task -> {
              Thread thread = new Thread(task, "batch-fetcher");
              thread.setDaemon(true);
              return thread;
            });
    fetchAhead();
  }

  /** Whether a batch is left. */
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * The next batch, or nothing if it has not come within {@code patience}: ask again then.
   *
   * @throws MedtransException what {@link BatchClient} gives up with
   * @throws java.util.NoSuchElementException after the last batch
   */
  public Optional<Batch> poll(Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    try {
      Batch batch = ahead.element().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      ahead.remove();
      largestBytes = Math.max(largestBytes, batch.bytes());
      fetchAhead();
      return Optional.of(batch);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  /** Time spent in {@link #poll} so far. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
    ahead.clear();
  }

  private void fetchAhead() {
    int allowed = largestBytes == 0 ? 1 : settings.ahead(largestBytes);
    for (; ahead.size() < allowed && asked < end; asked++) {
      long position = asked;
      ahead.add(fetchers.submit(() -> source.fetch(position)));
    }
  }

  private static MedtransException failure(Throwable cause) {
    return cause instanceof MedtransException known
        ? known
        : MedtransException.of(ErrorCode.INTERNAL, cause.toString(), cause);
  }
}
