package org.medtransformers.data.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.imaging.prepare.PrepareListener;
import org.medtransformers.service.job.JobContext;

/** Tells now and then how far preparing is, and stops it when the job must stop. */
final class ProgressReport implements PrepareListener {

  /** Ends the preparing; whoever started it asks the job why. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the job must stop", null, false, false);
    }
  }

  private final JobContext context;
  private final DataMetrics metrics;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private long last;
  private int reported;

  ProgressReport(JobContext context, DataMetrics metrics, Duration every, LongSupplier nanoTime) {
    this.context = context;
    this.metrics = metrics;
    this.everyNanos = every.toNanos();
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /** How many images were decoded for this job. */
  int decoded() {
    return reported;
  }

  @Override
  public void progress(int done, int total) {
    if (context.shouldStop()) {
      throw new Stopped();
    }
    long now = nanoTime.getAsLong();
    if (now - last >= everyNanos || done == total) {
      last = now;
      metrics.decoded(done - reported);
      reported = done;
      context.reached("image %d of %d".formatted(done, total));
      context.emit(
          new DatasetEvent.PrepareProgress(
              context.job().runId(), context.job().attempt(), done, total));
    }
  }
}
