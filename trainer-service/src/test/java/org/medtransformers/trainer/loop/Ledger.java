package org.medtransformers.trainer.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.medtransformers.batches.Batch;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.training.StepResult;

/**
 * A trainee that learns nothing but remembers what it was shown, and a recorder that writes down
 * what it was told. Each step takes one second of its clock.
 */
final class Ledger implements Trainee, Recorder {
  /** What was shown, one entry per iteration or validation batch: rows of the data set. */
  final List<String> shown = new ArrayList<>();

  final List<Integer> validations = new ArrayList<>();

  /** Kappas that a schedule would hear of. */
  final List<Double> heard = new ArrayList<>();

  final List<Integer> bests = new ArrayList<>();
  final List<TrainingState> checkpoints = new ArrayList<>();
  final List<Integer> progress = new ArrayList<>();

  /** Images of all iterations. */
  int learned;

  /** How often a checkpoint that was begun is asked for before it is written. */
  int slowness;

  /** Iterations whose checkpoints fail. */
  IntPredicate failsToWrite = i -> false;

  /** Measurements that have given back what they held. */
  int closed;

  private final IntToDoubleFunction loss;
  private final Map<Integer, Double> kappas;
  private TrainingState writing;
  private int questions;
  private long now = Long.MAX_VALUE; // it overflows
  private int iteration;

  /**
   * @param iteration iterations done before
   * @param loss of an iteration; where it is not finite the iteration fails, as a learner's does
   * @param kappas metric of a validation by its iteration; 0 where absent
   */
  Ledger(int iteration, IntToDoubleFunction loss, Map<Integer, Double> kappas) {
    this.iteration = iteration;
    this.loss = loss;
    this.kappas = kappas;
  }

  Ledger() {
    this(0, i -> 0.5, Map.of());
  }

  int iteration() {
    return iteration;
  }

  long nanoTime() {
    return now;
  }

  @Override
  public StepResult learn(Batch batch) {
    now += Duration.ofSeconds(1).toNanos();
    iteration++;
    shown.add("train " + rows(batch));
    double found = loss.applyAsDouble(iteration);
    if (!Double.isFinite(found)) {
      throw MedtransException.of(ErrorCode.TRAINING_DIVERGED, "the loss is " + found);
    }
    return new StepResult(iteration, found, 1, 0.1, Optional.empty());
  }

  @Override
  public void validated(Measured found) {
    heard.add(found.metrics().cohenKappa());
  }

  @Override
  public Measurement measure() {
    int at = iteration;
    return new Measurement() {
      @Override
      public void remember(Batch batch) {
        shown.add("remember " + rows(batch));
      }

      @Override
      public void add(Batch batch) {
        shown.add("validate " + rows(batch));
      }

      @Override
      public Measured measured() {
        return new Measured(BestModelTest.kappa(kappas.getOrDefault(at, 0.0)), null);
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  @Override
  public void learned(int images, Duration waited, Duration taken) {
    learned += images;
  }

  @Override
  public void progress(StepResult step, Speed speed) {
    progress.add((int) step.iteration());
  }

  @Override
  public void validated(int after, Measured found, boolean best) {
    validations.add(after);
    if (best) {
      bests.add(after);
    }
  }

  @Override
  public void checkpoint(TrainingState state) {
    awaitCheckpoint();
    writing = state;
    questions = 0;
  }

  @Override
  public boolean writesCheckpoint() {
    if (writing != null && questions++ >= slowness) {
      awaitCheckpoint();
    }
    return writing != null;
  }

  @Override
  public void awaitCheckpoint() {
    if (writing != null) {
      if (failsToWrite.test(writing.iteration())) {
        writing = null;
        throw MedtransException.of(ErrorCode.DISK_FULL, "no space left");
      }
      checkpoints.add(writing);
      writing = null;
    }
  }

  private static String rows(Batch batch) {
    return Arrays.toString(batch.index().longs());
  }
}
