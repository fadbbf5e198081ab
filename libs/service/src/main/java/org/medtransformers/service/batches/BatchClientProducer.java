package org.medtransformers.service.batches;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;

/** The client of services that read batches. */
@Singleton
final class BatchClientProducer {
  @Produces
  @Singleton
  BatchClient batchClient(DataServiceConfig config) {
    return new BatchClient(
        new BatchSettings(
            config.url(),
            config.prefetch(),
            config.prefetchBytes(),
            config.patience(),
            config.requestTimeout(),
            config.maxBatchBytes()));
  }
}
