package org.medtransformers.data.job;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobHandler;
import org.medtransformers.service.job.Outcome;
import org.medtransformers.service.path.DataRoots;

/** Prepares a run's data set, or finds it prepared by another run. */
@Singleton
public class PrepareJob implements JobHandler {
  public static final String KIND = "prepare";

  private static final Logger LOG = Logger.getLogger(PrepareJob.class);

  private final Preparer preparer;
  private final DataRoots roots;
  private final Datasets datasets;
  private final DataConfig config;
  private final DataMetrics metrics;

  PrepareJob(
      Preparer preparer,
      DataRoots roots,
      Datasets datasets,
      DataConfig config,
      DataMetrics metrics) {
    this.preparer = preparer;
    this.roots = roots;
    this.datasets = datasets;
    this.config = config;
    this.metrics = metrics;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Outcome run(JobContext context) {
    Job job = context.job();
    PrepareSpec spec = spec(job.payload(DatasetEvent.PrepareRequested.class));
    ProgressReport progress =
        new ProgressReport(context, metrics, config.progressEvery(), System::nanoTime);
    try {
      PreparedDataset dataset = preparer.prepare(spec, progress);
      context.inTransaction(() -> datasets.register(dataset));
      metrics.prepared(progress.decoded());
      dataset.warnings().forEach(LOG::warn);
      return Outcome.done(new DatasetEvent.Prepared(job.runId(), job.attempt(), dataset));
    } catch (ProgressReport.Stopped e) {
      return context.cancelled() ? Outcome.cancelled(cancelled(job)) : Outcome.released();
    }
  }

  private PrepareSpec spec(DatasetEvent.PrepareRequested request) {
    RunConfig.DatasetParams asked = request.dataset();
    Path location = roots.requireData(asked.dataLocation());
    return new PrepareSpec(
        new RunConfig.DatasetParams(
            asked.dataset(),
            location.toString(),
            asked.trainTransforms(),
            asked.valTransforms(),
            asked.testTransforms()),
        request.medtrans(),
        request.acrossSplits());
  }

  @Override
  public Event failed(Job job, ErrorInfo error) {
    return new DatasetEvent.PrepareFailed(job.runId(), job.attempt(), error);
  }

  @Override
  public Event waiting(Job job, String reason) {
    return new DatasetEvent.PrepareWaiting(job.runId(), job.attempt(), reason);
  }

  @Override
  public Event cancelled(Job job) {
    return new DatasetEvent.PrepareCancelled(job.runId(), job.attempt());
  }
}
