package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.service.event.Outbox;

/** Tells whoever asks what has become of a job. Joins the caller's transaction. */
@Singleton
public final class JobReport {
  private static final Logger LOG = Logger.getLogger(JobReport.class);

  private final JobQueue queue;
  private final JobStore store;
  private final Outbox outbox;

  JobReport(JobQueue queue, JobStore store, Outbox outbox) {
    this.queue = queue;
    this.store = store;
    this.outbox = outbox;
  }

  /**
   * Sends the events of the job's end once more where it has ended, else that it is held, or that
   * nothing is known of it. A job whose end was not kept is done again: it begins where it had got
   * to, so that its end is soon told. Who also wants to cancel it asks for that afterwards.
   *
   * @param resumedAfter as in {@link WorkOrder#resumedAfter}: of a job of before nothing is told
   */
  public void send(String runId, int resumedAfter, String kind, Stage stage) {
    Optional<Job> job = store.find(runId, kind, resumedAfter);
    if (job.isEmpty()) {
      outbox.append(stage.events(), new RunUnknown(runId, stage));
      return;
    }
    if (ended(job.get())) {
      Optional<String> told = store.told(job.get());
      if (told.isPresent()) {
        Told.read(told.get()).forEach(outbox::append);
        return;
      }
      LOG.infof("How %s %s has ended was not kept: it is done again", kind, runId);
      queue.reopen(job.get());
    }
    outbox.append(stage.events(), new RunHeld(runId, stage, job.get().attempt()));
  }

  private static boolean ended(Job job) {
    return switch (job.state()) {
      case QUEUED, RUNNING -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
