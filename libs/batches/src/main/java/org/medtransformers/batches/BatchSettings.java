package org.medtransformers.batches;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach the data-service.
 *
 * @param replicas base addresses; each serves every batch
 * @param prefetch batches in flight or waiting to be used, at most
 * @param prefetchBytes of these batches, at most; one batch is always fetched ahead
 * @param patience how long a request is tried again while the data-service is away
 * @param requestTimeout how long a single answer may take, body included
 * @param maxBatchBytes a longer body is refused
 */
public record BatchSettings(
    List<URI> replicas,
    int prefetch,
    long prefetchBytes,
    Duration patience,
    Duration requestTimeout,
    long maxBatchBytes) {
  public BatchSettings {
    replicas = List.copyOf(replicas);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no address of a data-service");
    }
    if (prefetch < 1) {
      throw new IllegalArgumentException("prefetch is " + prefetch + ", must be at least 1");
    }
    if (prefetchBytes < 0) {
      throw new IllegalArgumentException(
          "prefetchBytes is " + prefetchBytes + ", must not be negative");
    }
    if (maxBatchBytes < 1 || maxBatchBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "maxBatchBytes is " + maxBatchBytes + ", must be 1 to " + Integer.MAX_VALUE);
    }
  }

  /** How many batches of {@code bytes} each may be in flight or waiting to be used. */
  int ahead(long bytes) {
    return (int) Math.min(prefetch, Math.max(1, prefetchBytes / Math.max(1, bytes)));
  }
}
