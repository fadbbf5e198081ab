package org.medtransformers.service.batches;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.batches.BatchSettings;
import org.medtransformers.service.access.internal.PeerCredentials;
import org.medtransformers.service.trace.Tracing;

/** The client of services that read batches. */
@Singleton
final class BatchClientProducer {
  @Produces
  @Singleton
  BatchClient batchClient(DataServiceConfig config, Tracing tracing, PeerCredentials credentials) {
    return new BatchClient(
        new BatchSettings(
            config.url(),
            config.prefetch(),
            config.prefetchBytes(),
            config.patience(),
            config.requestTimeout(),
            config.maxBatchBytes()),
        tracing::headers,
        loader -> Map.of(PeerCredentials.HEADER, credentials.toData(loader)));
  }
}
