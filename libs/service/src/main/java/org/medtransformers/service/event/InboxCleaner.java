package org.medtransformers.service.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;

/** Forgets events that are too old for the broker to deliver again. */
@Singleton
final class InboxCleaner {
  private static final Logger LOG = Logger.getLogger(InboxCleaner.class);
  private static final Duration EVERY = Duration.ofHours(6);
  private static final String FORGET =
      "DELETE FROM inbox WHERE received_at < now() - ? * interval '1 second'";

  private final Database database;
  private final Deliveries deliveries;
  private final Duration memory;
  private final ScheduledExecutorService timer = Background.timer("inbox-cleaner");

  InboxCleaner(Database database, Deliveries deliveries, MedtransConfig config) {
    this.database = database;
    this.deliveries = deliveries;
    this.memory = config.inbox().memory();
  }

  void start(@Observes StartupEvent event) {
    var unused =
        timer.scheduleWithFixedDelay(
            Background.repeated(this::clean), 1, EVERY.toMinutes(), TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  void clean() {
    try {
      database.update(FORGET, memory.toSeconds());
      deliveries.forget(memory);
    } catch (DatabaseException e) {
      LOG.warnf("The inbox is cleaned another time: %s", e.getMessage());
    }
  }
}
