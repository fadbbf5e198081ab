package org.medtransformers.service.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.metric.Meters;

/**
 * Knows whether the database takes writes, which it looks at every few seconds, and who waits for
 * it: a full disk refuses some writes and not others, so that the look alone is not enough.
 */
@Singleton
public final class DatabaseWatch {
  private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final Database database;
  private final Set<Object> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer = Background.timer("database-watch");
  private volatile boolean writable = true;

  DatabaseWatch(Database database, Meters meters) {
    this.database = database;
    meters.gauge(Metric.DATABASE_REFUSES, () -> refuses() ? 1 : 0);
    meters.gauge(Metric.DATABASE_WAITS, waiting::size);
  }

  /** The patience of work that is tried again with the database at hand, so many times at most. */
  public Patience patience(int maxFailures) {
    Object work = new Object();
    return new Patience(
        maxFailures, database::writable, () -> waiting.add(work), () -> waiting.remove(work));
  }

  /** Whether it was away or refused when it was last asked, or somebody waits for it. */
  boolean refuses() {
    return !writable || !waiting.isEmpty();
  }

  void start(@Observes StartupEvent event) {
    var unused =
        timer.scheduleWithFixedDelay(
            Background.repeated(this::look),
            LOOK_EVERY.toMillis(),
            LOOK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void look() {
    boolean before = writable;
    writable = database.writable();
    if (before && !writable) {
      LOG.warn("The database is away or takes no writes: what is received waits");
    } else if (!before && writable) {
      LOG.info("The database takes writes again");
    }
  }
}
