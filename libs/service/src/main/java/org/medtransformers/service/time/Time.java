package org.medtransformers.service.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one source of time. */
@Singleton
final class Time {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
