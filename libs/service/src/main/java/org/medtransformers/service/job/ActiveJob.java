package org.medtransformers.service.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * A job while this instance holds it. The lease counts as lost when the table says so, and also
 * when it could not be renewed for its whole length: then another instance may have the job
 * already.
 */
final class ActiveJob implements JobContext {
  private final Job job;
  private final JobStore store;
  private final Database database;
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
      Outbox outbox,
      Duration lease,
      LongSupplier nanoTime,
      long claimedAt) {
    this.job = job;
    this.store = store;
    this.database = database;
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
