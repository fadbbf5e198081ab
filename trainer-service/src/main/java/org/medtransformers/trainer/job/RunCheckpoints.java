package org.medtransformers.trainer.job;

import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.learning.training.LearnerSnapshot;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.trainer.loop.TrainingState;

/**
 * The checkpoints of one run as one attempt reads and writes them. The learner is copied between
 * two iterations and written aside while it goes on; then the checkpoint appears, and the event
 * that tells of it is sent, in one transaction that holds only while the job is this attempt's.
 */
final class RunCheckpoints implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RunCheckpoints.class);

  private final JobContext context;
  private final PatientDisk disk;
  private final Outbox outbox;
  private final Learner learner;
  private final CheckpointStore store;
  private final Path runFolder;
  private final TrainingMetrics metrics;
  private final CheckpointWriter<LearnerSnapshot> writer =
      new CheckpointWriter<>(LearnerSnapshot::close);

  /**
   * @param runFolder the run's folder of artifacts
   * @param options say how many of the newest stay, besides the best
   */
  RunCheckpoints(
      JobContext context,
      Outbox outbox,
      PatientDisk disk,
      Learner learner,
      Path runFolder,
      RunConfig.Medtrans options,
      TrainingMetrics metrics) {
    this.context = context;
    this.outbox = outbox;
    this.disk = disk;
    this.learner = learner;
    this.runFolder = runFolder;
    this.store = store(runFolder, options);
    this.metrics = metrics;
  }

  /** The iteration of the newest checkpoint of a run that nobody works on; 0 without one. */
  static int lastIteration(Path runFolder) {
    try {
      return store(runFolder, 1).list().stream()
          .findFirst()
          .map(checkpoint -> Math.toIntExact(checkpoint.iteration()))
          .orElse(0);
    } catch (IOException e) {
      LOG.warnf("Cannot list the checkpoints of %s: %s", runFolder, e.getMessage());
      return 0;
    }
  }

  /** Whether an attempt of this run has left something that it can go on from. */
  boolean begun() throws IOException {
    return store.latest().filter(checkpoint -> checkpoint.attempt() > 0).isPresent();
  }

  /** Makes the session that another run has left the beginning of this one. */
  void adopt(Path otherRun) throws IOException {
    requireHeld();
    store.adopt(store(otherRun, 1));
  }

  /** Puts the learner where the newest intact checkpoint has it; nothing without one. */
  TrainingState load() throws IOException {
    Checkpoint latest = store.latest().orElse(null);
    if (latest == null) {
      return TrainingState.START;
    }
    learner.load(latest.folder());
    TrainingState state = Json.convert(latest.progress(), TrainingState.class);
    if (state.best() != null) {
      of(state.best().iteration());
      // Whoever wrote the checkpoint may have been killed before it noted which are the best.
      store.markBest(state.bestIterations());
    }
    return state;
  }

  /**
   * Keeps the learner as it is now and {@code state}. Waits for the checkpoint before, copies the
   * learner and returns.
   *
   * @throws RuntimeException what has made the checkpoint before fail, such as {@link
   *     org.medtransformers.service.job.LeaseLostException} where the job is somebody else's
   */
  void begin(TrainingState state) {
    writer.begin(
        () -> metrics.checkpointCopy().record(learner::snapshot),
        copy -> metrics.checkpoint().record(() -> write(copy, state)));
  }

  /** Whether a checkpoint is being written; throws as {@link #begin}. */
  boolean writing() {
    return writer.writing();
  }

  /** Returns when all that was begun is written; throws as {@link #begin}. */
  void await() {
    writer.await();
  }

  /** Waits for what is being written. */
  @Override
  public void close() {
    writer.close();
  }

  private void write(LearnerSnapshot copy, TrainingState state) {
    requireHeld();
    disk.untilTaken(context, runFolder, copy.bytes(), () -> save(copy, state));
    metrics.checkpointed();
    context.progressed();
  }

  private void save(LearnerSnapshot copy, TrainingState state) {
    try {
      CheckpointStore.Draft draft =
          store.write(context.job().attempt(), state.iteration(), Json.tree(state), copy::write);
      context.inTransaction(() -> publish(draft, state));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The checkpoint of {@code iteration}, its model as it was written.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if it is gone or damaged
   */
  Checkpoint intact(int iteration) throws IOException {
    Checkpoint checkpoint = of(iteration);
    CheckpointStore.verify(checkpoint.folder(), LearnerFiles.MODEL);
    return checkpoint;
  }

  /** Unverified: a training whose best model is damaged may still find a better one. */
  private Checkpoint of(int iteration) throws IOException {
    return store.list().stream()
        .filter(checkpoint -> checkpoint.iteration() == iteration)
        .findFirst()
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.CHECKPOINT_UNREADABLE,
                    "the checkpoint of iteration %d is missing in %s"
                        .formatted(iteration, runFolder)));
  }

  /** How events name {@code checkpoint}: relative to the run's folder. */
  String name(Checkpoint checkpoint) {
    return runFolder.relativize(checkpoint.folder()).toString();
  }

  private void requireHeld() {
    context.inTransaction(() -> {});
  }

  private void publish(CheckpointStore.Draft draft, TrainingState state) {
    try {
      Checkpoint checkpoint = store.publish(draft, state.bestIterations());
      outbox.append(
          new TrainingEvent.Checkpointed(
              context.job().runId(), context.job().attempt(), state.iteration(), name(checkpoint)));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private MedtransException failed(IOException e) {
    return DiskErrors.describe(e, "writing a checkpoint into " + runFolder);
  }

  static CheckpointStore store(Path runFolder, RunConfig.Medtrans options) {
    return store(runFolder, options.keepCheckpoints());
  }

  private static CheckpointStore store(Path runFolder, int keep) {
    return new CheckpointStore(runFolder.resolve("checkpoints"), keep);
  }
}
