package org.medtransformers.service.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;
import org.medtransformers.service.metric.Meters;

/**
 * Looks every few seconds how much waits in the outbox, and since when. Not the relay's business:
 * while the broker is away it is stuck in its attempt to send.
 */
@Singleton
final class EventGauges {
  private static final Logger LOG = Logger.getLogger(EventGauges.class);
  private static final int EVERY_SECONDS = 5;
  private static final String OUTBOX =
      "SELECT count(*), extract(epoch FROM now() - min(created_at)) FROM outbox";
  // Counting weeks of events would cost more than the number is worth. -1: never analysed.
  private static final String INBOX =
      "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'inbox'::regclass";

  private record Measured(double depth, double age, double inbox) {}

  private final Database database;
  private final ScheduledExecutorService timer = Background.timer("event-gauges");
  private volatile Measured last = new Measured(0, 0, 0);

  EventGauges(Database database, Meters meters) {
    this.database = database;
    meters.gauge(Metric.OUTBOX_DEPTH, () -> last.depth());
    meters.gauge(Metric.OUTBOX_AGE, () -> last.age());
    meters.gauge(Metric.INBOX_EVENTS, () -> last.inbox());
  }

  void start(@Observes StartupEvent event) {
    var unused =
        timer.scheduleWithFixedDelay(
            Background.repeated(this::look), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void look() {
    try {
      measure();
    } catch (DatabaseException e) {
      LOG.debugf("The outbox cannot be looked at: %s", e.getMessage());
    }
  }

  void measure() {
    double inbox = database.query(INBOX, row -> row.getDouble(1)).get(0);
    last =
        database
            .query(OUTBOX, row -> new Measured(row.getDouble(1), row.getDouble(2), inbox))
            .get(0);
  }
}
