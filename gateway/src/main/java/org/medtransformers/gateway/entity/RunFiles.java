package org.medtransformers.gateway.entity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.medtransformers.contracts.config.RunFile;

/** Stored run files, parsed once for all the runs and events that they are asked for. */
final class RunFiles {
  /** A few dozen KiB each; an experiment has one per model and data set. */
  private static final long KEPT = 500;

  private static final Cache<String, RunFile> BY_SHA256 =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  private RunFiles() {}

  static RunFile of(String sha256, String text) {
    return BY_SHA256.get(sha256, unknown -> RunFile.parse(text));
  }
}
