package org.medtransformers.gateway.prediction;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.medtransformers.gateway.comparison.Calculations;
import org.medtransformers.gateway.config.GatewayConfig;

/**
 * What is worked out while somebody looks at single runs: one thing at a time, but not behind
 * comparisons, which may take minutes.
 */
@Singleton
final class PredictionWork {
  private final Calculations calculations;

  PredictionWork(GatewayConfig config) {
    this.calculations = new Calculations(config.comparison().patience(), "prediction");
  }

  @PreDestroy
  void stop() {
    calculations.stop();
  }

  /** Keeps what was worked out of each of the last {@code kept} questions. */
  <K, V> Calculations.Known<K, V> keeping(long kept) {
    return calculations.keeping(kept);
  }
}
