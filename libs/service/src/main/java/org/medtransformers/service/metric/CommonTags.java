package org.medtransformers.service.metric;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every metric says which service it is of, whatever the one who scrapes calls its target. */
final class CommonTags {
  private CommonTags() {}

  @Produces
  @Singleton
  static MeterFilter application(
      @ConfigProperty(name = "quarkus.application.name") String application) {
    return MeterFilter.commonTags(Tags.of("application", application));
  }
}
