package org.medtransformers.service.batches;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.service.trace.Tracing;

/** The client of services that read batches. */
@Singleton
final class BatchClientProducer {
  @Produces
  @Singleton
  BatchClient batchClient(DataServiceConfig config, Tracing tracing) {
    return new BatchClient(
        new BatchSettings(
            config.url(),
            config.prefetch(),
            config.prefetchBytes(),
            config.patience(),
            config.requestTimeout(),
            config.maxBatchBytes()),
        tracing::headers);
  }
}
