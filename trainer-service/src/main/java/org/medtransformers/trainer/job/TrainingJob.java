package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.RunManifest;
import org.medtransformers.learning.Learner;
import org.medtransformers.learning.LearnerSpec;
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobHandler;
import org.medtransformers.service.job.Outcome;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.trainer.loop.BestModel;
import org.medtransformers.trainer.loop.Recorder;
import org.medtransformers.trainer.loop.TrainingLoop;
import org.medtransformers.trainer.loop.TrainingPlan;
import org.medtransformers.trainer.loop.TrainingState;

/**
 * Trains one run: from its last checkpoint, if there is one, to the end or to where it is told to
 * stop. Everything that touches tensors happens on the thread that calls {@link #run}.
 */
@Singleton
public class TrainingJob implements JobHandler {
  /** The kind of these jobs. */
  public static final String KIND = "train";

  private static final Logger LOG = Logger.getLogger(TrainingJob.class);

  private final BatchClient client;
  private final Artifacts artifacts;
  private final Outbox outbox;
  private final Torch torch;
  private final StartWeights startWeights;
  private final EarlierSession earlierSession;
  private final SavedCopy savedCopy;
  private final TrainingMetrics metrics;
  private final Clock clock;

  TrainingJob(
      BatchClient client,
      Artifacts artifacts,
      Outbox outbox,
      Torch torch,
      StartWeights startWeights,
      EarlierSession earlierSession,
      SavedCopy savedCopy,
      TrainingMetrics metrics,
      Clock clock) {
    this.client = client;
    this.artifacts = artifacts;
    this.outbox = outbox;
    this.torch = torch;
    this.startWeights = startWeights;
    this.earlierSession = earlierSession;
    this.savedCopy = savedCopy;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Outcome run(JobContext context) throws IOException, InterruptedException {
    MDC.put("runId", context.job().runId());
    try {
      return train(context, context.job().payload(TrainingEvent.Requested.class));
    } finally {
      metrics.clear();
      MDC.remove("runId");
    }
  }

  @Override
  public Event failed(Job job, ErrorInfo error) {
    return new TrainingEvent.Failed(job.runId(), job.attempt(), error);
  }

  @Override
  public Event cancelled(Job job) {
    int kept = RunCheckpoints.lastIteration(artifacts.run(job.runId()));
    return new TrainingEvent.Cancelled(job.runId(), job.attempt(), kept);
  }

  private Outcome train(JobContext context, TrainingEvent.Requested run)
      throws IOException, InterruptedException {
    LoaderBatches batches = LoaderBatches.register(client, run, context::shouldStop);
    TrainingPlan plan = TrainingPlan.of(run.config().training(), batches.trainingSplit());
    Path folder = artifacts.run(run.runId());
    RunManifest.of(run).write(folder);
    TorchDevice device = torch.start(run.config());
    try (Learner learner = Learner.create(spec(run, batches), device)) {
      RunCheckpoints checkpoints =
          new RunCheckpoints(
              context, outbox, learner, folder, run.config().medtrans().keepCheckpoints());
      if (run.start() != null && run.start().use() == StartingPoint.Use.SESSION) {
        checkpoints.adopt(earlierSession.of(run));
      }
      TrainingState start = checkpoints.load();
      context.emit(started(context.job(), plan, start, device.name()));
      if (start.equals(TrainingState.START) && !begin(learner, run, context)) {
        return stopped(context, start);
      }
      try (TensorBoard board =
          TensorBoard.open(folder, context.job(), run.config(), start, clock)) {
        board.samples(start, () -> batches.contactSheet(context::shouldStop));
        TrainingLoop loop =
            new TrainingLoop(
                settings(run, plan),
                start,
                new LearnerTrainee(
                    learner, device, run, EmbeddingLog.of(run, folder, board), metrics.step()),
                batches,
                new TensorBoardRecorder(recorder(context, run, plan, checkpoints), plan, board),
                context::shouldStop,
                clock);
        TrainingState end = loop.run();
        tellWhy(loop, end, run);
        return loop.finished()
            ? completed(run, context.job(), checkpoints, end)
            : stopped(context, end);
      }
    }
  }

  private static void tellWhy(TrainingLoop loop, TrainingState end, TrainingEvent.Requested run) {
    if (loop.stoppedEarly()) {
      LOG.infof(
          "Stopped early at iteration %d: no better %s in %d validations",
          end.iteration(), run.dataset().description().targetMetric(), end.withoutImprovement());
    }
  }

  /** Gives a learner that never learned its first weights; false if told to stop before. */
  private boolean begin(Learner learner, TrainingEvent.Requested run, JobContext context)
      throws IOException, InterruptedException {
    if (!startWeights.given(run)) {
      return true;
    }
    Optional<Map<String, Tensor>> state = startWeights.of(run, learner.spec(), context::shouldStop);
    state.ifPresent(learner::begin);
    return state.isPresent();
  }

  private static LearnerSpec spec(TrainingEvent.Requested run, LoaderBatches batches) {
    return LearnerSpec.of(
        run.config(), run.dataset().description(), batches.trainingSplit(), run.seed());
  }

  private static TrainingLoop.Settings settings(TrainingEvent.Requested run, TrainingPlan plan) {
    boolean hasValidation = run.dataset().sizes().val() > 0;
    if (!hasValidation) {
      LOG.warn("The validation split is empty: the last model will be taken for the best");
    }
    double seconds = run.config().medtrans().checkpointEverySeconds();
    return new TrainingLoop.Settings(
        plan,
        run.dataset().description().targetMetric(),
        hasValidation,
        !run.config().medtrans().supervised(),
        Optional.ofNullable(run.config().medtrans().earlyStopPatience()),
        Duration.ofMillis((long) (seconds * 1e3)));
  }

  private Recorder recorder(
      JobContext context,
      TrainingEvent.Requested run,
      TrainingPlan plan,
      RunCheckpoints checkpoints) {
    return new EventRecorder(
        context, plan, run.dataset().description().targetMetric(), checkpoints, metrics);
  }

  private TrainingEvent.Started started(
      Job job, TrainingPlan plan, TrainingState start, String device) {
    return new TrainingEvent.Started(
        job.runId(),
        job.attempt(),
        job.owner(),
        device,
        torch.threads(),
        start.iteration() + 1,
        plan.iterationsPerEpoch(),
        plan.iterations());
  }

  private static Outcome stopped(JobContext context, TrainingState end) {
    Job job = context.job();
    return context.cancelled()
        ? Outcome.cancelled(
            new TrainingEvent.Cancelled(job.runId(), job.attempt(), end.iteration()))
        : Outcome.released();
  }

  private Outcome completed(
      TrainingEvent.Requested run, Job job, RunCheckpoints checkpoints, TrainingState end)
      throws IOException {
    RunConfig.TrainingParams params = run.config().training();
    BestModel chosen = end.chosen(params.saveBestModel());
    Checkpoint checkpoint = checkpoints.intact(chosen.iteration());
    savedCopy.write(params.saveDir(), artifacts.run(run.runId()), checkpoint.folder());
    return Outcome.done(
        new TrainingEvent.Completed(
            job.runId(),
            job.attempt(),
            end.iteration(),
            chosen.iteration(),
            checkpoints.name(checkpoint),
            chosen.metrics(),
            chosen.knn(),
            end.beginning()));
  }
}
