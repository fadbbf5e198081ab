package org.medtransformers.data.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.imaging.batch.Bounds;
import org.medtransformers.service.metric.Meters;

/**
 * Bounds what batches cost this process, however many are asked for at once: a few are made at a
 * time, fewer where they are large, some requests wait their turn, and none is begun while too much
 * of what was made has not been taken by its readers. What is beyond that is refused as {@link
 * ErrorCode#UNAVAILABLE}: another replica may have room, or this one soon.
 */
@Startup // its counters are there, at 0, before they count
@Singleton
public class BatchGate {
  /** Whose batches' size is remembered. */
  private static final int LOADERS = 1000;

  private static final int QUARTER = 4;

  private final int threads;
  private final Semaphore places;
  private final Cache<String, Integer> placesOfOne;
  private final int mostWaiting;
  private final long quarter;
  private final AtomicLong untaken = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  @Inject
  BatchGate(DataConfig config, Meters meters) {
    this(
        config.batchThreads().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        config.waitingBatches(),
        Runtime.getRuntime().maxMemory());
    meters.gauge(Metric.BATCHES_WAITING, this::waiting);
    meters.gauge(Metric.BATCHES_UNTAKEN, untaken::get);
    meters.counted(Metric.BATCHES_SENT, sent);
    meters.counted(Metric.BATCHES_REFUSED, refused);
  }

  BatchGate(int threads, int mostWaiting, long heap) {
    this.threads = threads;
    this.places = new Semaphore(threads, true);
    this.placesOfOne = Caffeine.newBuilder().maximumSize(LOADERS).build();
    this.mostWaiting = mostWaiting;
    this.quarter = heap / QUARTER;
  }

  /**
   * What {@code maker} makes, when it is its turn.
   *
   * @param unwanted whether the caller is gone
   * @throws MedtransException {@link ErrorCode#UNAVAILABLE} where there is no room
   */
  public Safetensors pass(
      String loader, BooleanSupplier unwanted, Function<Bounds, Safetensors> maker) {
    if (waiting() >= mostWaiting || untaken.get() > quarter) {
      refused.incrementAndGet();
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE, "too many batches are being made or read; try again");
    }
    // How large its batches are is known after the first, which is made alone.
    int taken = placesOfOne.get(loader, unknown -> threads);
    places.acquireUninterruptibly(taken);
    try {
      Safetensors batch = maker.apply(new Bounds(quarter, unwanted));
      placesOfOne.put(loader, places(batch.encodedSize()));
      return batch;
    } finally {
      places.release(taken);
    }
  }

  /** As many that all batches being made fit into half of the heap. */
  private int places(long bytes) {
    long half = 2 * quarter;
    return (int) Math.min(threads, (bytes * threads + half - 1) / half);
  }

  int waiting() {
    return places.getQueueLength();
  }

  /** Counts bytes that are on their way to a reader. */
  public void sent(long bytes) {
    untaken.addAndGet(bytes);
    sent.addAndGet(bytes);
  }

  /** Counts bytes that a reader has taken, or will never take. */
  public void taken(long bytes) {
    untaken.addAndGet(-bytes);
  }
}
