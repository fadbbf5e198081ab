package org.medtransformers.service.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keys below {@code medtrans.access} that every service knows. */
@ConfigMapping(prefix = "medtrans.access")
public interface GuardConfig {
  /** Names by which this service is called, besides those of the machine itself; no ports. */
  Optional<List<String>> hosts();

  /** A token that opens {@code /q/metrics} and nothing else. */
  Optional<String> metricsToken();

  /** A file with it; where the token itself is set, that counts. */
  Optional<Path> metricsTokenFile();
}
