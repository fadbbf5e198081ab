package org.medtransformers.service.batches;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where batches come from and how they are fetched. */
@ConfigMapping(prefix = "medtrans.data-service")
public interface DataServiceConfig {
  /** Base addresses of the data-service's replicas, separated by commas. */
  @WithDefault("http://127.0.0.1:8081")
  List<URI> url();

  /** Batches in flight or waiting to be used, at most. */
  @WithDefault("4")
  int prefetch();

  /** Bytes of these batches, at most; one batch is always fetched ahead. */
  @WithDefault("201326592")
  long prefetchBytes();

  /** How long a request is tried again while the data-service is away. */
  @WithDefault("5M")
  Duration patience();

  /** How long a single answer may take, body included. */
  @WithDefault("60S")
  Duration requestTimeout();

  /** A longer body is refused. */
  @WithDefault("1073741824")
  long maxBatchBytes();
}
