package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
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
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.cost.ResourceMeter;
import org.medtransformers.learning.cost.ThisMachine;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobHandler;
import org.medtransformers.service.job.Outcome;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.trainer.loop.BestModel;
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
  private final PatientDisk disk;
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
      PatientDisk disk,
      Torch torch,
      StartWeights startWeights,
      EarlierSession earlierSession,
      SavedCopy savedCopy,
      TrainingMetrics metrics,
      Clock clock) {
    this.client = client;
    this.artifacts = artifacts;
    this.outbox = outbox;
    this.disk = disk;
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
  public void warmUp() {
    torch.load();
    TorchEngine.report().lines().forEach(LOG::info);
  }

  @Override
  public Outcome run(JobContext context) throws IOException, InterruptedException {
    MDC.put("runId", context.job().runId());
    try (Attempt attempt = new Attempt(context)) {
      metrics.begin(attempt.run);
      return attempt.run();
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
  public Event waiting(Job job, String reason) {
    return new TrainingEvent.Waiting(job.runId(), job.attempt(), reason);
  }

  @Override
  public Event cancelled(Job job) {
    int kept = RunCheckpoints.lastIteration(artifacts.run(job.runId()));
    return new TrainingEvent.Cancelled(job.runId(), job.attempt(), kept);
  }

  /** One attempt at a run: opens its parts one after the other, and closes those it has opened. */
  private final class Attempt implements AutoCloseable {
    private final JobContext context;
    private final Job job;
    private final TrainingEvent.Requested run;
    private final Path folder;
    private final RunNotices notices;
    private LoaderBatches batches;
    private TrainingPlan plan;
    private TorchDevice device;
    private Learner learner;
    private RunCheckpoints checkpoints;
    private CostLedger costs;
    private TrainingState start;
    private TensorBoard board;

    Attempt(JobContext context) {
      this.context = context;
      this.job = context.job();
      this.run = job.payload(TrainingEvent.Requested.class);
      this.folder = artifacts.run(run.runId());
      this.notices = new RunNotices(context);
    }

    Outcome run() throws IOException, InterruptedException {
      openBatches();
      openLearner();
      openCheckpoints();
      context.emit(started());
      tellCircumstances();
      if (start.equals(TrainingState.START) && !begin()) {
        return stopped(start);
      }
      openBoard();
      openCosts();
      TrainingLoop loop = loop();
      TrainingState end = loop.run();
      tellWhy(loop, end);
      return loop.finished() ? completed(end) : stopped(end);
    }

    private void openBatches() throws IOException, InterruptedException {
      batches = LoaderBatches.register(client, run, context::shouldStop);
      plan = TrainingPlan.of(run.config().training(), batches.trainingSplit());
      RunManifest.of(run).write(folder);
    }

    private void openLearner() {
      device = torch.start(run.config());
      learner =
          Learner.create(
              LearnerSpec.of(
                  run.config(), run.dataset().description(), batches.trainingSplit(), run.seed()),
              device);
    }

    /** Puts the learner where the last attempt, or the session that is gone on with, has got to. */
    private void openCheckpoints() throws IOException {
      RunConfig.Medtrans options = run.config().medtrans();
      checkpoints = new RunCheckpoints(context, outbox, disk, learner, folder, options, metrics);
      // What the session was may be gone by the time that a run is resumed which has left its own.
      if (run.start() != null
          && run.start().use() == StartingPoint.Use.SESSION
          && !checkpoints.begun()) {
        checkpoints.adopt(earlierSession.of(run));
      }
      start = checkpoints.load();
    }

    /** Gives a learner that never learned its first weights; false if told to stop before. */
    private boolean begin() throws IOException, InterruptedException {
      if (!startWeights.given(run)) {
        return true;
      }
      Optional<Map<String, Tensor>> state =
          startWeights.of(run, learner.spec(), context::shouldStop, notices);
      state.ifPresent(learner::begin);
      return state.isPresent();
    }

    private void openBoard() throws InterruptedException {
      board = TensorBoard.open(folder, job, run.config(), start, notices, clock);
      board.samples(start, () -> batches.contactSheet(context::shouldStop));
    }

    private void openCosts() {
      costs =
          new CostLedger(
              folder,
              job.attempt(),
              ThisMachine.of(device, torch.threads()),
              plan.iterationsPerEpoch(),
              ResourceMeter.start(device),
              System::nanoTime);
    }

    private TrainingLoop loop() {
      EventRecorder events =
          new EventRecorder(
              context,
              plan,
              run.dataset().description().targetMetric(),
              checkpoints,
              costs,
              metrics);
      return new TrainingLoop(
          TrainingLoop.Settings.of(run, plan),
          start,
          new LearnerTrainee(
              learner, device, run, EmbeddingLog.of(run, folder, board, notices), metrics),
          batches,
          new TensorBoardRecorder(events, plan, board),
          context::shouldStop,
          System::nanoTime);
    }

    private boolean hasValidation() {
      return run.dataset().sizes().val() > 0;
    }

    private void tellCircumstances() {
      TorchDevice.withoutGpu(run.config()).ifPresent(notices);
      if (!hasValidation()) {
        notices.accept(
            "%s: the validation split is empty: no model can be chosen by it, the last one counts"
                .formatted(run.dataset().description().name()));
      }
    }

    private TrainingEvent.Started started() {
      return new TrainingEvent.Started(
          job.runId(),
          job.attempt(),
          job.owner(),
          device.name(),
          torch.threads(),
          start.iteration() + 1,
          plan.iterationsPerEpoch(),
          plan.iterations());
    }

    private void tellWhy(TrainingLoop loop, TrainingState end) {
      if (loop.stoppedEarly()) {
        notices.accept(
            "%s: stopped early at iteration %d of %d: no better %s in %d validations"
                .formatted(
                    run.config().training().modelName(),
                    end.iteration(),
                    plan.iterations(),
                    run.dataset().description().targetMetric().key(),
                    end.withoutImprovement()));
      }
    }

    private Outcome stopped(TrainingState end) {
      return context.cancelled()
          ? Outcome.cancelled(
              new TrainingEvent.Cancelled(job.runId(), job.attempt(), end.iteration()))
          : Outcome.released();
    }

    private Outcome completed(TrainingState end) throws IOException {
      RunConfig.TrainingParams params = run.config().training();
      BestModel chosen = end.chosen(params);
      Checkpoint checkpoint = checkpoints.intact(chosen.iteration());
      savedCopy.write(params.saveDir(), folder, checkpoint.folder(), notices);
      return Outcome.done(
          new TrainingEvent.Completed(
              job.runId(),
              job.attempt(),
              end.iteration(),
              chosen.iteration(),
              checkpoints.name(checkpoint),
              chosen.metrics(),
              chosen.knn(),
              end.beginning(),
              costs.all()));
    }

    @Override
    public void close() {
      try (Learner last = learner;
          RunCheckpoints second = checkpoints) {
        if (board != null) {
          board.close();
        }
        if (costs != null) {
          costs.close();
        }
      }
    }
  }
}
