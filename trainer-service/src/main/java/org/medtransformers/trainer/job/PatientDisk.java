package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.job.JobContext;

/**
 * What an attempt writes to a disk that may be full: that costs the training time at most. It waits
 * for room, and says so once; the training goes on meanwhile for as long as it needs nothing
 * written.
 */
@Singleton
class PatientDisk {
  private static final Logger LOG = Logger.getLogger(PatientDisk.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final DiskRoom room;
  private final Duration retryEvery;

  PatientDisk(DiskRoom room, MedtransConfig config) {
    this.room = room;
    this.retryEvery = config.disk().retryEvery();
  }

  /**
   * Runs {@code write} until the disk has it.
   *
   * @param bytes that it takes below {@code folder}
   * @param write may be done again
   * @throws MedtransException {@link ErrorCode#DISK_FULL} if it is time to stop before
   */
  void untilTaken(JobContext context, Path folder, long bytes, Runnable write) {
    boolean told = false;
    Optional<MedtransException> full = tried(folder, bytes, write);
    while (full.isPresent()) {
      if (context.shouldStop()) {
        throw full.get();
      }
      if (!told) {
        tell(context, "waits for disk to write a checkpoint: " + full.get().getMessage());
        told = true;
      }
      pause(context);
      full = tried(folder, bytes, write);
    }
    if (told) {
      tell(context, null);
    }
  }

  /** Why there is no room; empty where it was written. */
  private Optional<MedtransException> tried(Path folder, long bytes, Runnable write) {
    Optional<String> lacking = room.at(folder).lacking(bytes);
    if (lacking.isPresent()) {
      return lacking.map(reason -> MedtransException.of(ErrorCode.DISK_FULL, reason));
    }
    try {
      write.run();
      return Optional.empty();
    } catch (MedtransException e) {
      if (DiskErrors.isFull(e)) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private static void tell(JobContext context, String reason) {
    LOG.warn(reason == null ? "There is room on the disk again" : reason);
    TrainingEvent event =
        new TrainingEvent.Waiting(context.job().runId(), context.job().attempt(), reason);
    context.emit(event);
  }

  private void pause(JobContext context) {
    long end = System.nanoTime() + retryEvery.toNanos();
    while (System.nanoTime() < end && !context.shouldStop()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
