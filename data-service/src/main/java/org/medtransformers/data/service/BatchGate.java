package org.medtransformers.data.service;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.imaging.batch.Bounds;

/**
 * Bounds what batches cost this process, however many are asked for at once: a few are made at a
 * time, some requests wait their turn, and none is begun while too much of what was made has not
 * been taken by its readers. What is beyond that is refused as {@link ErrorCode#UNAVAILABLE}:
 * another replica may have room, or this one soon.
 */
@Singleton
public class BatchGate {
  /** A quarter of the heap for batches that are made, and one for those on their way. */
  private static final int SHARE = 4;

  private final Semaphore making;
  private final int mostWaiting;
  private final long mostBytesEach;
  private final long mostUntaken;
  private final AtomicLong untaken = new AtomicLong();

  @Inject
  BatchGate(DataConfig config, MeterRegistry registry) {
    this(
        config.batchThreads().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        config.waitingBatches(),
        Runtime.getRuntime().maxMemory());
    registry.gauge("medtrans.batches.waiting", this, BatchGate::waiting);
    registry.gauge("medtrans.batches.untaken.bytes", untaken, AtomicLong::get);
  }

  BatchGate(int threads, int mostWaiting, long heap) {
    this.making = new Semaphore(threads, true);
    this.mostWaiting = mostWaiting;
    this.mostUntaken = heap / SHARE;
    this.mostBytesEach = heap / SHARE / threads;
  }

  /**
   * What {@code maker} makes, when it is its turn.
   *
   * @param unwanted whether the caller is gone
   * @throws MedtransException retriable {@link ErrorCode#UNAVAILABLE} where there is no room
   */
  public <T> T pass(BooleanSupplier unwanted, Function<Bounds, T> maker) {
    if (waiting() >= mostWaiting || untaken.get() > mostUntaken) {
      throw MedtransException.retriable(
          ErrorCode.UNAVAILABLE, "too many batches are being made or read; try again", null);
    }
    making.acquireUninterruptibly();
    try {
      return maker.apply(new Bounds(mostBytesEach, unwanted));
    } finally {
      making.release();
    }
  }

  int waiting() {
    return making.getQueueLength();
  }

  /** Counts bytes that are on their way to a reader. */
  public void sent(long bytes) {
    untaken.addAndGet(bytes);
  }

  /** Counts bytes that a reader has taken, or will never take. */
  public void taken(long bytes) {
    untaken.addAndGet(-bytes);
  }
}
