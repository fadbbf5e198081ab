package org.medtransformers.data.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
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
 * of what was made has not been taken by its readers. Of turns and of room one reader has half at
 * most, and where room is short, those are cut off that read slower than the least rate. What is
 * beyond that is refused as {@link ErrorCode#UNAVAILABLE}: another replica may have room, or this
 * one soon.
 */
@Startup // its counters are there, at 0, before they count
@Singleton
public class BatchGate {
  /** Whose batches' size is remembered. */
  private static final int LOADERS = 1000;

  private static final int QUARTER = 4;
  private static final int SHARE = 2;
  private static final Logger LOG = Logger.getLogger(BatchGate.class);

  private final int threads;
  private final Semaphore places;
  private final Cache<String, Integer> placesOfOne;
  private final int mostWaiting;
  private final long quarter;
  private final Deliveries deliveries;
  private final Map<String, Integer> waitingOf = new ConcurrentHashMap<>();
  private final AtomicLong cutOff = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  @Inject
  BatchGate(DataConfig config, Meters meters) {
    this(
        config.batchThreads().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        config.waitingBatches(),
        Runtime.getRuntime().maxMemory(),
        new Deliveries(config.leastRate(), System::nanoTime));
    meters.gauge(Metric.BATCHES_WAITING, this::waiting);
    meters.gauge(Metric.BATCHES_UNTAKEN, deliveries::untaken);
    meters.counted(Metric.BATCHES_CUT_OFF, cutOff);
    meters.counted(Metric.BATCHES_SENT, sent);
    meters.counted(Metric.BATCHES_REFUSED, refused);
  }

  BatchGate(int threads, int mostWaiting, long heap, Deliveries deliveries) {
    this.deliveries = deliveries;
    this.threads = threads;
    this.places = new Semaphore(threads, true);
    this.placesOfOne = Caffeine.newBuilder().maximumSize(LOADERS).build();
    this.mostWaiting = mostWaiting;
    this.quarter = heap / QUARTER;
  }

  /**
   * What {@code maker} makes, when it is its turn.
   *
   * @param reader the host that asks
   * @param unwanted whether the caller is gone
   * @throws MedtransException {@link ErrorCode#UNAVAILABLE} where there is no room
   */
  public Safetensors pass(
      String reader, String loader, BooleanSupplier unwanted, Function<Bounds, Safetensors> maker) {
    if (!hasRoom(reader)) {
      throw refused();
    }
    waitingOf.merge(reader, 1, Integer::sum);
    try {
      return inTurn(loader, unwanted, maker);
    } finally {
      waitingOf.computeIfPresent(reader, (host, requests) -> requests == 1 ? null : requests - 1);
    }
  }

  /**
   * What {@code maker} makes while nothing else is made, as it is not known how large it becomes.
   *
   * @throws MedtransException {@link ErrorCode#UNAVAILABLE} where there is no room
   */
  public <T> T alone(Supplier<T> maker) {
    if (waiting() >= mostWaiting) {
      throw refused();
    }
    places.acquireUninterruptibly(threads);
    try {
      return maker.get();
    } finally {
      places.release(threads);
    }
  }

  private MedtransException refused() {
    refused.incrementAndGet();
    return MedtransException.of(
        ErrorCode.UNAVAILABLE, "too many batches are being made or read; try again");
  }

  /** A reader that finds no room makes some, if others only hold it. */
  private boolean hasRoom(String reader) {
    if (deliveries.untaken() > quarter || deliveries.untaken(reader) > quarter / SHARE) {
      deliveries.slow().forEach(this::cutOff);
    }
    return waiting() < mostWaiting
        && waitingOf.getOrDefault(reader, 0) < threads + Math.max(1, mostWaiting / SHARE)
        && deliveries.untaken() <= quarter
        && deliveries.untaken(reader) <= quarter / SHARE;
  }

  private void cutOff(Delivery delivery) {
    LOG.warnf(
        "Cut off %s, which read a batch slower than the least rate (medtrans.data.least-rate) and"
            + " had %d bytes of it to take, because others need the room",
        delivery.reader(), delivery.untaken());
    cutOff.incrementAndGet();
    delivery.cutOff();
  }

  private Safetensors inTurn(
      String loader, BooleanSupplier unwanted, Function<Bounds, Safetensors> maker) {
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

  /**
   * Counts a batch that goes out, until its delivery has ended.
   *
   * @param cutOff ends the connection of a reader that is too slow
   */
  public Delivery sent(String reader, long bytes, Runnable cutOff) {
    sent.addAndGet(bytes);
    return deliveries.begin(reader, bytes, cutOff);
  }
}
