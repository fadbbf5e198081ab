package org.medtransformers.gateway.run;

import java.time.Instant;
import java.util.Map;

/**
 * What lies below the artifact root, and what is left.
 *
 * @param bytes by kind: models, checkpoints, results, datasets, weights, stack
 * @param free bytes of the disk
 * @param size bytes of the disk
 */
public record DiskUse(Map<String, Long> bytes, long free, long size, Instant measured) {
  public DiskUse {
    bytes = Map.copyOf(bytes);
  }
}
