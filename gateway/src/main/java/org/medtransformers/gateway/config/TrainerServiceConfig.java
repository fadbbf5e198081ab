package org.medtransformers.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;

/** Where trainers are asked what they do. */
@ConfigMapping(prefix = "medtrans.trainer-service")
public interface TrainerServiceConfig {
  /** Base addresses, separated by commas; one is enough, as each knows of the work of all. */
  @WithDefault("http://127.0.0.1:8082")
  List<URI> url();
}
