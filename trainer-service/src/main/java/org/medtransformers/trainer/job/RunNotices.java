package org.medtransformers.trainer.job;

import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.service.job.JobContext;

/**
 * What a reader of the results should know of an attempt, told as soon as it is known: a notice of
 * the run, and a line of the log.
 */
record RunNotices(JobContext context) implements Consumer<String> {
  private static final Logger LOG = Logger.getLogger(RunNotices.class);

  @Override
  public void accept(String notice) {
    LOG.warn(notice);
    TrainingEvent event =
        new TrainingEvent.Noticed(context.job().runId(), context.job().attempt(), notice);
    context.emit(event);
  }
}
