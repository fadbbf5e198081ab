package org.medtransformers.service.job;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Signals;
import org.medtransformers.service.concurrent.Fatal;
import org.medtransformers.service.database.Database;

/** The end of a process that does a number of jobs and no more. */
@Singleton
class ProcessEnd {
  private static final Logger LOG = Logger.getLogger(ProcessEnd.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final String UNSENT = "SELECT count(*) FROM outbox";

  private final Database database;

  ProcessEnd(Database database) {
    this.database = database;
  }

  /**
   * Lets {@code SIGTERM} end the process as a job that was done does: what was held is given back,
   * so whoever started the process need not start it again for the sake of that job.
   */
  void orderlyWhenTerminated() {
    Signals.handle("TERM", Quarkus::asyncExit);
  }

  /** Ends the process with exit code 1: it can do no job. */
  void asFailure() {
    Quarkus.asyncExit(1);
  }

  /** Ends the process at once: {@code failure} has left it damaged. */
  void atOnce(Throwable failure) {
    Fatal.end(failure);
  }

  /**
   * Ends the process when its events are sent: there may be no other instance to send them. After
   * {@code patience} they are left in the outbox, where the next instance finds them.
   */
  void onceEventsAreSent(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (unsent() > 0) {
      if (System.nanoTime() >= deadline) {
        LOG.warn("Ending with events unsent: they wait in the outbox for the next instance");
        break;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
    LOG.info("No more jobs for this process");
    Quarkus.asyncExit();
  }

  private long unsent() {
    try {
      return database.query(UNSENT, row -> row.getLong(1)).get(0);
    } catch (RuntimeException e) {
      LOG.warnf("Cannot look whether events are sent: %s", e.getMessage());
      return 1;
    }
  }
}
