package org.medtransformers.service.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.database.Patience;
import org.medtransformers.service.event.Outbox;

/**
 * A job while this instance holds it. The lease counts as lost when the table says so, and also
 * when it could not be renewed for its whole length: then another instance may have the job
 * already.
 */
final class ActiveJob implements JobContext {
  private static final Logger LOG = Logger.getLogger(ActiveJob.class);
  private static final int MAX_FAILURES = 3;
  private static final Duration RETRY_EVERY = Duration.ofMillis(500);

  private final Job job;
  private final JobStore store;
  private final Database database;
  private final DatabaseWatch watch;
  private final Outbox outbox;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private volatile long renewedAt;
  private volatile boolean taken;
  private volatile boolean cancelled;
  private volatile boolean stopping;

  /**
   * @param claimedAt {@code nanoTime} from before the claim
   */
  ActiveJob(
      Job job,
      JobStore store,
      Database database,
      DatabaseWatch watch,
      Outbox outbox,
      Duration lease,
      LongSupplier nanoTime,
      long claimedAt) {
    this.job = job;
    this.store = store;
    this.database = database;
    this.watch = watch;
    this.outbox = outbox;
    this.lease = lease;
    this.nanoTime = nanoTime;
    this.renewedAt = claimedAt;
    this.cancelled = job.cancelRequested();
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  @Override
  public boolean leaseLost() {
    return taken || nanoTime.getAsLong() - renewedAt > lease.toNanos();
  }

  @Override
  public void inTransaction(Runnable writes) {
    try (Patience patience = watch.patience(MAX_FAILURES)) {
      while (true) {
        try {
          once(writes);
          return;
        } catch (LeaseLostException | MedtransException e) {
          throw e;
        } catch (RuntimeException e) {
          if (patience.endsWith(e) || shouldStop()) {
            throw e;
          }
          LOG.warnf("Cannot write about %s yet: %s", job.runId(), e.getMessage());
          LockSupport.parkNanos(RETRY_EVERY.toNanos());
        }
      }
    }
  }

  /** The same for who has a patience of his own. */
  void once(Runnable writes) {
    database.inTransaction(
        () -> {
          store.requireHeld(job);
          writes.run();
        });
  }

  @Override
  public void emit(Event... events) {
    List<Event> all = Arrays.asList(events);
    inTransaction(() -> all.forEach(outbox::append));
  }

  @Override
  public void progressed() {
    inTransaction(() -> store.progressed(job));
  }

  @Override
  public void reached(String where) {
    inTransaction(() -> store.reached(job, where));
  }

  void stop() {
    stopping = true;
  }

  /** Prolongs the lease and hears of a cancel; false if somebody else has the job. */
  boolean renew() {
    // Taken before the statement: the lease may not seem longer here than it is in the table.
    long now = nanoTime.getAsLong();
    Optional<Job> renewed = store.renew(job, lease);
    if (renewed.isPresent()) {
      renewedAt = now;
      cancelled = renewed.get().cancelRequested();
    } else {
      taken = true;
    }
    return renewed.isPresent();
  }
}
