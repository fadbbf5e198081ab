package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Backoff;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.database.Outage;
import org.medtransformers.service.database.Patience;
import org.medtransformers.service.event.Outbox;

/**
 * Writes how an attempt ended: the new state and the events that tell of it, in one transaction.
 */
@Singleton
final class JobSettlement {
  private static final Logger LOG = Logger.getLogger(JobSettlement.class);
  private static final int MAX_DOUBLINGS = 6;
  private static final int MAX_FAILURES = 3;
  private static final Duration RETRY_EVERY = Duration.ofMillis(500);

  private final JobStore store;
  private final Database database;
  private final DatabaseWatch watch;
  private final Outbox outbox;
  private final JobParking parking;
  private final Backoff backoff;

  JobSettlement(
      JobStore store,
      Database database,
      DatabaseWatch watch,
      Outbox outbox,
      JobParking parking,
      MedtransConfig config) {
    this.store = store;
    this.parking = parking;
    this.database = database;
    this.watch = watch;
    this.outbox = outbox;
    Duration first = config.jobs().backoff();
    this.backoff = new Backoff(first, first.multipliedBy(1L << MAX_DOUBLINGS));
  }

  /**
   * Notes that {@code active} returned {@code outcome}; tries again while the database is away.
   *
   * @throws LeaseLostException if the job is somebody else's by now
   */
  void returned(ActiveJob active, Outcome outcome) {
    persist(active, () -> write(active.job(), outcome));
  }

  /**
   * Notes that {@code active} threw {@code failure}.
   *
   * @return whether that counts as a failure; false where it is given back at no cost, since it was
   *     about to stop, or for want of the database or of room on the disk
   * @throws LeaseLostException if the job is somebody else's by now
   */
  boolean threw(ActiveJob active, JobHandler handler, Throwable failure) {
    Job job = active.job();
    ErrorInfo error = MedtransException.describe(failure);
    if (DiskErrors.isFull(failure)) {
      persist(active, () -> parking.park(job, handler, failure));
      return false;
    } else if (failure instanceof MedtransException known && !known.retriable()) {
      persist(
          active,
          () -> {
            store.end(job, JobState.FAILED, error);
            tell(job, List.of(handler.failed(job, error)));
          });
    } else if (active.stopping()) {
      persist(active, () -> store.release(job, Duration.ZERO));
      return false;
    } else if (Outage.causes(failure)) {
      persist(active, () -> store.release(job, backoff.after(job.spent())));
      return false;
    } else {
      persist(active, () -> store.requeue(job, error, backoff.after(job.spent())));
    }
    return true;
  }

  /** Ends what nobody holds and nobody will take: cancelled jobs and those given up. */
  void endUnheld(JobHandler handler) {
    while (end(() -> store.endCancelled(handler.kind()), handler::cancelled)) {
      LOG.debugf("A waiting %s job was cancelled", handler.kind());
    }
    while (end(
        () -> store.endExhausted(handler.kind()), job -> handler.failed(job, exhausted(job)))) {
      LOG.warnf("A %s job was given up", handler.kind());
    }
  }

  private boolean end(Supplier<Optional<Job>> ended, Function<Job, Event> event) {
    return database.inTransaction(
        () -> {
          Optional<Job> job = ended.get();
          job.ifPresent(j -> tell(j, List.of(event.apply(j))));
          return job.isPresent();
        });
  }

  static ErrorInfo exhausted(Job job) {
    return new ErrorInfo(
        ErrorCode.ATTEMPTS_EXHAUSTED,
        "gave up after %d attempts without progress; %s".formatted(job.spent(), cause(job)));
  }

  /** What is known of why; of a process that died only that it did. */
  private static String cause(Job job) {
    String failure = job.error() == null ? "" : "last: " + job.error().message();
    if (job.deaths() == 0) {
      return failure.isEmpty() ? "the last one stopped without a word" : failure;
    }
    String place = job.reached() == null ? "" : " at " + job.reached();
    String death =
        "the process that did it died %d times, last %s%s; out of memory? (then its log has an"
                .formatted(job.deaths(), job.owner(), place)
            + " OutOfMemoryError, or it ended with exit code 3 or 137)";
    return failure.isEmpty() ? death : death + "; " + failure;
  }

  private void write(Job job, Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      end(job, JobState.DONE, done.events());
    } else if (outcome instanceof Outcome.Cancelled cancelled) {
      end(job, JobState.CANCELLED, cancelled.events());
    } else {
      store.release(job, Duration.ZERO);
    }
  }

  private void end(Job job, JobState state, List<Event> events) {
    store.end(job, state, null);
    tell(job, events);
  }

  /** Tells of the end of {@code job}, and keeps what is told: it may have to be told again. */
  private void tell(Job job, List<Event> events) {
    store.keepTold(job, Told.write(events));
    events.forEach(outbox::append);
  }

  /**
   * Hours of work are not thrown away because the database refuses at the wrong moment, be it for
   * longer than the lease: whether somebody else has the job by then, the table knows. With the
   * database at hand, writes that keep failing are a fault of ours: the lease may lapse.
   */
  private void persist(ActiveJob active, Runnable writes) {
    try (Patience patience = watch.patience(MAX_FAILURES)) {
      while (true) {
        try {
          active.once(writes);
          return;
        } catch (LeaseLostException e) {
          throw e;
        } catch (RuntimeException e) {
          if (patience.endsWith(e)) {
            throw e;
          }
          LOG.warnf("Cannot note the end of %s yet: %s", active.job().runId(), e.getMessage());
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped before the end of a job was noted", e);
    }
  }
}
