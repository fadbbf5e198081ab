package org.medtransformers.service.access.internal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Keys below {@code medtrans.access} by which services know each other. */
@ConfigMapping(prefix = "medtrans.access")
public interface PeerConfig {
  /** A file with the key that all services of a deployment share. */
  Optional<Path> serviceKeyFile();

  /** The key itself, where there is no file: 32 characters and more. */
  Optional<String> serviceKey();

  /** Whether this service answers nobody but other services; its health everybody may ask. */
  @WithDefault("false")
  boolean servicesOnly();
}
