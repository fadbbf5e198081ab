package org.medtransformers.service.job;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.medtransformers.contracts.Backoff;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * Lets jobs wait while the disk is full: none is claimed below the reserve, and one that finds no
 * room while it writes is given back as if it had not been tried, and tried here again after pauses
 * that grow. Each such job tells that it waits, and that it does no longer. The disks of other
 * processes may have room: what does not fit here waits for nobody else.
 */
@Singleton
final class JobParking {
  /** Jobs that are told of together: leases are renewed between, and payloads take memory. */
  static final int AT_A_TIME = 100;

  /** The longest pause is sixteen times the first. */
  private static final int MAX_DOUBLINGS = 4;

  private final JobStore store;
  private final Database database;
  private final Outbox outbox;
  private final DiskRoom room;
  private final long reserve;
  private final Duration pause;
  private final Backoff pauses;
  private final LongSupplier nanoTime;
  private final Misfits misfits;

  /** Jobs that were told to wait since there was room here last. */
  private final Set<String> told = new HashSet<>();

  private int contradictions;
  private long tellAgainAt;

  @Inject
  JobParking(
      JobStore store, Database database, Outbox outbox, DiskRoom room, MedtransConfig config) {
    this(store, database, outbox, room, config.disk(), System::nanoTime);
  }

  JobParking(
      JobStore store,
      Database database,
      Outbox outbox,
      DiskRoom room,
      MedtransConfig.Disk config,
      LongSupplier nanoTime) {
    this.store = store;
    this.database = database;
    this.outbox = outbox;
    this.room = room;
    this.reserve = config.reserve().asLongValue();
    this.pause = config.retryEvery();
    this.pauses = new Backoff(pause, pause.multipliedBy(1L << MAX_DOUBLINGS));
    this.nanoTime = nanoTime;
    this.misfits = new Misfits(pauses, nanoTime);
  }

  /** Why no job may be begun now; empty where one may. */
  Optional<String> reason() {
    return room.lacking(reserve).map(JobParking::waits);
  }

  /** Runs whose jobs are left to others for now, since they did not fit here. */
  Set<String> misfits() {
    return misfits.now();
  }

  /**
   * Tells of jobs that nobody holds and that wait for room, or may go on again, since now. Whoever
   * has room says of a job that waits that it does not: who lacks it gives way then, for pauses
   * that grow, or the two would contradict each other for ever.
   */
  void tell(JobHandler handler) {
    Optional<String> reason = reason();
    if (reason.isEmpty()) {
      told.clear();
      contradictions = 0;
      tell(handler, () -> store.waitNoLonger(handler.kind(), pause, misfits(), AT_A_TIME), null);
    } else if (contradictions == 0 || nanoTime.getAsLong() - tellAgainAt >= 0) {
      List<Job> waiting =
          tell(handler, () -> store.waitFor(handler.kind(), reason.get(), AT_A_TIME), reason.get());
      long again = waiting.stream().filter(job -> !told.add(job.kind() + job.runId())).count();
      if (again > 0) {
        contradictions++;
        tellAgainAt = nanoTime.getAsLong() + pauses.after(contradictions).toNanos();
      }
    }
  }

  private List<Job> tell(JobHandler handler, Supplier<List<Job>> change, String reason) {
    return database.inTransaction(
        () -> {
          List<Job> changed = change.get();
          changed.forEach(job -> outbox.append(handler.waiting(job, reason)));
          return changed;
        });
  }

  /** {@code active} has been claimed: what it waited for is there. */
  void goesOn(ActiveJob active, JobHandler handler) {
    active.inTransaction(
        () -> {
          if (store.waitNoLonger(active.job())) {
            outbox.append(handler.waiting(active.job(), null));
          }
        });
  }

  /** Gives {@code job} back, which {@code failure} for want of room has ended; its holder's. */
  void park(Job job, JobHandler handler, Throwable failure) {
    String reason = reason().orElse(waits(MedtransException.describe(failure).message()));
    store.park(job, reason, pause);
    database.afterCommit(() -> misfits.add(job.runId()));
    outbox.append(handler.waiting(job, reason));
  }

  private static String waits(String lacking) {
    return "waits for disk: " + lacking;
  }
}
