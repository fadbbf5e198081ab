package org.medtransformers.eval.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What Prometheus sees of evaluations. */
@Singleton
public class EvaluationMetrics {
  private final Timer batch;
  private final Timer wait;
  private final Counter images;

  EvaluationMetrics(MeterRegistry registry) {
    batch = registry.timer("medtrans.evaluation.batch");
    wait = registry.timer("medtrans.evaluation.data.wait");
    images = registry.counter("medtrans.evaluation.images");
  }

  /** How long the network takes for a batch. */
  Timer batch() {
    return batch;
  }

  /** One evaluation ended that had waited for its batches for {@code waited}. */
  void evaluated(int count, Duration waited) {
    images.increment(count);
    wait.record(waited);
  }
}
