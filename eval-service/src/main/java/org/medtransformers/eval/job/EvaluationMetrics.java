package org.medtransformers.eval.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.metric.Meters;

/** What Prometheus sees of evaluations. */
@Singleton
public class EvaluationMetrics {
  private final Timer batch;
  private final Timer wait;
  private final Counter images;

  EvaluationMetrics(Meters meters) {
    batch = meters.timer(Metric.EVALUATION_BATCH);
    wait = meters.timer(Metric.EVALUATION_WAIT);
    images = meters.counter(Metric.EVALUATION_IMAGES);
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
