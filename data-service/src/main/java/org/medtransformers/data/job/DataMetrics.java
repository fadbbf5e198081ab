package org.medtransformers.data.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the data path counts. */
@Singleton
public class DataMetrics {
  private final Counter decoded;

  DataMetrics(MeterRegistry registry) {
    this.decoded =
        Counter.builder("medtrans.images.decoded")
            .description("Images decoded while preparing")
            .register(registry);
  }

  void decoded(int images) {
    decoded.increment(images);
  }
}
