package org.medtransformers.service.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Keys below {@code medtrans.access} that every service knows. */
@ConfigMapping(prefix = "medtrans.access")
public interface GuardConfig {
  /** Names by which this service is called, besides those of the machine itself; no ports. */
  Optional<List<String>> hosts();
}
