package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;

/**
 * Lets jobs wait while the disk is full: none is claimed below the reserve, and one that finds no
 * room while it writes is given back as if it had not been tried. Each such job tells once that it
 * waits, and once that it does no longer.
 */
@Singleton
final class JobParking {
  /** Jobs that are told of together: leases are renewed between, and payloads take memory. */
  static final int AT_A_TIME = 100;

  private final JobStore store;
  private final Database database;
  private final Outbox outbox;
  private final DiskRoom room;
  private final long reserve;
  private final Duration pause;

  JobParking(
      JobStore store, Database database, Outbox outbox, DiskRoom room, MedtransConfig config) {
    this.store = store;
    this.database = database;
    this.outbox = outbox;
    this.room = room;
    this.reserve = config.disk().reserve().asLongValue();
    this.pause = config.disk().retryEvery();
  }

  /** Why no job may be begun now; empty where one may. */
  Optional<String> reason() {
    return room.lacking(reserve).map(JobParking::waits);
  }

  /** Tells of jobs that nobody holds and that wait for room, or may go on again, since now. */
  void tell(JobHandler handler) {
    Optional<String> reason = reason();
    database.inTransaction(
        () -> {
          List<Job> changed =
              reason.isPresent()
                  ? store.waitFor(handler.kind(), reason.get(), pause, AT_A_TIME)
                  : store.waitNoLonger(handler.kind(), AT_A_TIME);
          changed.forEach(job -> outbox.append(handler.waiting(job, reason.orElse(null))));
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
    outbox.append(handler.waiting(job, reason));
  }

  private static String waits(String lacking) {
    return "waits for disk: " + lacking;
  }
}
