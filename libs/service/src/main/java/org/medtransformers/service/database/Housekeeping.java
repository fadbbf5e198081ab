package org.medtransformers.service.database;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medtransformers.service.concurrent.Background;

/** Forgets old rows now and then, a few at a time, so that nobody waits for it. */
@Singleton
final class Housekeeping {
  static final int AT_A_TIME = 1000;

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final int FIRST_MINUTES = 1;
  private static final int EVERY_MINUTES = 10;

  private final List<OldRows> tables;
  private final ScheduledExecutorService timer = Background.timer("housekeeping");

  Housekeeping(@All List<OldRows> tables) {
    this.tables = tables;
  }

  void start(@Observes StartupEvent event) {
    var unused =
        timer.scheduleWithFixedDelay(
            Background.repeated(() -> tables.forEach(Housekeeping::clean)),
            FIRST_MINUTES,
            EVERY_MINUTES,
            TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  /** A failure is another time's business, and not that of the other tables. */
  static void clean(OldRows table) {
    try {
      while (table.forget(AT_A_TIME) == AT_A_TIME && !Thread.currentThread().isInterrupted()) {
        LOG.debugf("There is more that is old");
      }
    } catch (RuntimeException e) {
      LOG.warnf("Old rows are deleted another time: %s", e.getMessage());
    }
  }
}
