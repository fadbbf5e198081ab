package org.medtransformers.trainer.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.medtransformers.batches.Batch;
import org.medtransformers.batches.BatchStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.learning.training.StepResult;

/**
 * One attempt at a run, from where the last one got to: iterations in order, each followed by what
 * the plan has for it. Checkpoints are made of each best model, now and then, and at the end; what
 * comes after the last one is learned, validated and reported again by the next attempt. Whether
 * and where an attempt is interrupted changes nothing about what is learned: an iteration depends
 * on the state before it and on its batch alone, and a validation that was broken off is made up
 * for first.
 */
public final class TrainingLoop {
  /** How often a wait for a batch looks up whether to stop. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** Whoever watches hears of a run this often, however far apart the entries of its history. */
  private static final Duration LIVE = Duration.ofSeconds(2);

  /**
   * @param hasValidation whether there is anything to validate on
   * @param measuresBeginning whether to tell too what the network is worth before it learns
   * @param earlyStopPatience validations in a row without improvement after which the run ends;
   *     nothing to train to the end of the plan
   * @param keepBest how many of the best models are kept, each in a checkpoint
   * @param checkpointEvery time between checkpoints, but for those of a best model
   */
  public record Settings(
      TrainingPlan plan,
      TargetMetric targetMetric,
      boolean hasValidation,
      boolean measuresBeginning,
      Optional<Integer> earlyStopPatience,
      int keepBest,
      Duration checkpointEvery) {
    /** Those of {@code run}'s file. */
    public static Settings of(TrainingEvent.Requested run, TrainingPlan plan) {
      RunConfig.Medtrans options = run.config().medtrans();
      return new Settings(
          plan,
          run.dataset().description().targetMetric(),
          run.dataset().sizes().val() > 0,
          !options.supervised(),
          Optional.ofNullable(options.earlyStopPatience()),
          options.keepBest(),
          Duration.ofMillis((long) (options.checkpointEverySeconds() * 1e3)));
    }
  }

  private final Settings settings;
  private final TrainingPlan plan;
  private final Trainee trainee;
  private final Batches batches;
  private final Recorder recorder;
  private final BooleanSupplier shouldStop;
  private final LongSupplier nanoTime;
  private final ProgressMeter meter;
  private TrainingState state;
  private TrainingState saved;
  private long savedAt;
  private Duration lastValidation = Duration.ZERO;

  /**
   * @param state where the attempt begins; {@code trainee} is in the same state
   * @param shouldStop asked between batches
   * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
   */
  public TrainingLoop(
      Settings settings,
      TrainingState state,
      Trainee trainee,
      Batches batches,
      Recorder recorder,
      BooleanSupplier shouldStop,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.plan = settings.plan();
    this.state = state;
    this.saved = state;
    this.trainee = trainee;
    this.batches = batches;
    this.recorder = recorder;
    this.shouldStop = shouldStop;
    this.nanoTime = nanoTime;
    this.savedAt = nanoTime.getAsLong();
    this.meter = new ProgressMeter(System::nanoTime);
  }

  /**
   * Trains to the end of the plan, until it no longer improves, or until it is told to stop. What
   * was learned is in a checkpoint either way.
   *
   * @return the state of that checkpoint
   */
  public TrainingState run() throws InterruptedException {
    measureBeginning();
    validateIfDue();
    checkpointIfDue();
    try (BatchStream stream = batches.training(state.iteration(), plan.iterations())) {
      while (!trained() && iterate(stream)) {
        validateIfDue();
        checkpointIfDue();
      }
    }
    if (!state.equals(saved)) {
      checkpoint();
    }
    recorder.awaitCheckpoint();
    return state;
  }

  /** Whether there is nothing more to do. */
  public boolean finished() {
    return trained() && !validationDue();
  }

  /** Whether the run stopped improving before the end of its plan. */
  public boolean stoppedEarly() {
    return patienceIsOver() && state.iteration() < plan.iterations();
  }

  private boolean trained() {
    return state.iteration() == plan.iterations() || patienceIsOver();
  }

  private boolean patienceIsOver() {
    return settings.earlyStopPatience().filter(p -> state.withoutImprovement() >= p).isPresent();
  }

  private boolean iterate(BatchStream stream) throws InterruptedException {
    long start = System.nanoTime();
    Duration waitedBefore = stream.waited();
    Optional<Batch> batch = next(stream);
    if (batch.isEmpty()) {
      return false;
    }
    StepResult step = trainee.learn(batch.get());
    state = state.after(Math.toIntExact(step.iteration()));
    int images = batch.get().images();
    Duration waited = stream.waited().minus(waitedBefore);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    meter.step(step.loss(), images, waited, taken);
    recorder.learned(images, waited, taken);
    report(step);
    return true;
  }

  /** The next batch; nothing if it is time to stop. */
  private Optional<Batch> next(BatchStream stream) throws InterruptedException {
    while (!shouldStop.getAsBoolean()) {
      Optional<Batch> batch = stream.poll(POLL);
      if (batch.isPresent()) {
        return batch;
      }
    }
    return Optional.empty();
  }

  private void report(StepResult step) {
    if (plan.logsAfter(state.iteration())) {
      recorder.progress(step, speed(meter.close()));
    } else if (meter.sinceReading().compareTo(LIVE) > 0) {
      recorder.progress(step, speed(meter.read()));
    }
  }

  private Recorder.Speed speed(ProgressMeter.Reading reading) {
    int done = state.iteration();
    double training = (plan.iterations() - done) * reading.secondsPerIteration();
    double validating = plan.validationsAfter(done) * lastValidation.toMillis() / 1e3;
    return new Recorder.Speed(
        reading.loss(), reading.imagesPerSecond(), training + validating, reading.dataWaitShare());
  }

  /** What is found has no say in which model is best, nor in the schedule. */
  private void measureBeginning() throws InterruptedException {
    boolean due = settings.measuresBeginning() && settings.hasValidation();
    if (due && state.iteration() == 0 && state.beginning() == null) {
      Optional<Measured> found = measure();
      if (found.isPresent()) {
        state = state.began(found.get().metrics());
        recorder.validated(0, found.get(), false);
      }
    }
  }

  private boolean validationDue() {
    return settings.hasValidation()
        && plan.validatesAfter(state.iteration())
        && state.validatedAt() < state.iteration();
  }

  private void validateIfDue() throws InterruptedException {
    if (validationDue()) {
      measure().ifPresent(this::validated);
    }
  }

  /** What the whole validation split tells; nothing if it is time to stop. */
  private Optional<Measured> measure() throws InterruptedException {
    long start = System.nanoTime();
    try (Trainee.Measurement measurement = trainee.measure()) {
      Optional<BatchStream> bank = batches.bank();
      boolean whole =
          (bank.isEmpty() || pass(bank.get(), measurement::remember))
              && pass(batches.validation(), measurement::add);
      return whole ? Optional.of(measurement.measured()) : Optional.empty();
    } finally {
      lastValidation = Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Shows all batches of {@code stream} and closes it; false if it is time to stop. */
  private boolean pass(BatchStream stream, Consumer<Batch> show) throws InterruptedException {
    try (stream) {
      while (stream.hasNext()) {
        Optional<Batch> batch = next(stream);
        if (batch.isEmpty()) {
          return false;
        }
        show.accept(batch.get());
      }
    }
    return true;
  }

  private void validated(Measured found) {
    state = state.validated(found, settings.targetMetric(), settings.keepBest());
    trainee.validated(found);
    boolean best = state.best() != null && state.best().iteration() == state.iteration();
    recorder.validated(state.iteration(), found, best);
  }

  /** One of the best models is gone after the next iteration; all else can be learned again. */
  private void checkpointIfDue() {
    boolean writing = recorder.writesCheckpoint();
    boolean newBest = !state.bestIterations().equals(saved.bestIterations());
    if (newBest || (intervalIsOver() && !writing)) {
      checkpoint();
    }
  }

  private boolean intervalIsOver() {
    long since = nanoTime.getAsLong() - savedAt;
    return !state.equals(saved) && since >= settings.checkpointEvery().toNanos();
  }

  private void checkpoint() {
    recorder.checkpoint(state);
    saved = state;
    savedAt = nanoTime.getAsLong();
  }
}
