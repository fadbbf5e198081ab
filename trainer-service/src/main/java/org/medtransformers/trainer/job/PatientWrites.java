package org.medtransformers.trainer.job;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.LeaseLostException;

/**
 * What an attempt writes about its job: a database that is away for less than the lease costs none.
 */
record PatientWrites(JobContext context) {
  private static final Logger LOG = Logger.getLogger(PatientWrites.class);
  private static final Duration RETRY_EVERY = Duration.ofMillis(500);

  /**
   * Runs {@code write} until the database has it, or it is time to stop.
   *
   * @param write may be done again
   */
  void untilDone(Runnable write) {
    while (true) {
      try {
        write.run();
        return;
      } catch (LeaseLostException | MedtransException e) {
        throw e;
      } catch (RuntimeException e) {
        if (context.shouldStop()) {
          throw e;
        }
        LOG.warnf("Cannot tell of the progress yet: %s", e.getMessage());
        LockSupport.parkNanos(RETRY_EVERY.toNanos());
      }
    }
  }
}
