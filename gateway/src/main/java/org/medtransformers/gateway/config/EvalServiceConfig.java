package org.medtransformers.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;

/** Where models are exported and asked about images. */
@ConfigMapping(prefix = "medtrans.eval-service")
public interface EvalServiceConfig {
  /** Base addresses, separated by commas; each has every model. */
  @WithDefault("http://127.0.0.1:8083")
  List<URI> url();
}
