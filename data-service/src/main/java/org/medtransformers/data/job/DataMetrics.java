package org.medtransformers.data.job;

import io.micrometer.core.instrument.Counter;
import jakarta.inject.Singleton;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.metric.Meters;

/** What preparing counts. */
@Singleton
public class DataMetrics {
  private final Counter decoded;
  private final Counter made;
  private final Counter found;

  DataMetrics(Meters meters) {
    this.decoded = meters.counter(Metric.IMAGES_DECODED);
    this.made = meters.counter(Metric.SETS_PREPARED, "made");
    this.found = meters.counter(Metric.SETS_PREPARED, "found");
  }

  void decoded(int images) {
    decoded.increment(images);
  }

  /** A data set is ready, for which {@code images} had to be decoded. */
  void prepared(int images) {
    (images > 0 ? made : found).increment();
  }
}
