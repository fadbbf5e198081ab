package org.medtransformers.trainer.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.service.metric.Meters;

/**
 * What Prometheus sees of the present training, labelled by its run and experiment. A series is
 * there from the first value on and goes with the training.
 */
@Singleton
public class TrainingMetrics {
  private static final double MILLIS = 1e3;

  private final Meters meters;
  private final Clock clock;
  private final Timer step;
  private final Timer checkpoint;
  private final Timer checkpointCopy;
  private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
  private volatile String run;
  private volatile String experiment;
  private volatile TrainingEvent.Progress progress;
  private volatile double validation = Double.NaN;
  private volatile double heartbeat;
  private volatile double lastCheckpoint;
  private volatile double downloaded;

  TrainingMetrics(Meters meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    step = meters.timer(Metric.TRAINING_STEP);
    checkpoint = meters.timer(Metric.TRAINING_CHECKPOINT_TIME);
    checkpointCopy = meters.timer(Metric.TRAINING_CHECKPOINT_COPY);
  }

  /** How long single steps take, without the wait for their batch. */
  Timer step() {
    return step;
  }

  /** How long writing a checkpoint takes, beside the training. */
  Timer checkpoint() {
    return checkpoint;
  }

  /** How long the training stands still for a checkpoint. */
  Timer checkpointCopy() {
    return checkpointCopy;
  }

  /** An attempt at {@code asked} begins. */
  void begin(TrainingEvent.Requested asked) {
    clear();
    run = asked.runId();
    experiment = Optional.ofNullable(asked.experiment()).orElse("");
    alive();
    checkpointed();
    show(Metric.TRAINING_HEARTBEAT, () -> heartbeat);
    show(Metric.TRAINING_CHECKPOINT, () -> lastCheckpoint);
  }

  /** The training got further. */
  void alive() {
    heartbeat = clock.millis() / MILLIS;
  }

  /** A checkpoint is complete. */
  void checkpointed() {
    lastCheckpoint = clock.millis() / MILLIS;
  }

  void progress(TrainingEvent.Progress now) {
    boolean first = progress == null;
    progress = now;
    if (first) {
      show(Metric.TRAINING_ITERATION, TrainingEvent.Progress::iteration);
      show(Metric.TRAINING_ITERATIONS, TrainingEvent.Progress::iterations);
      show(Metric.TRAINING_LOSS, TrainingEvent.Progress::loss);
      show(Metric.TRAINING_LEARNING_RATE, TrainingEvent.Progress::learningRate);
      show(Metric.TRAINING_GRADIENT_NORM, TrainingEvent.Progress::gradientNorm);
      show(Metric.TRAINING_SPEED, TrainingEvent.Progress::imagesPerSecond);
      show(Metric.TRAINING_LEFT, TrainingEvent.Progress::secondsLeft);
      show(Metric.TRAINING_WAIT_SHARE, TrainingEvent.Progress::dataWaitShare);
      if (now.collapse() != null) {
        showCollapse(now.collapse());
      }
    }
  }

  private void showCollapse(Collapse collapse) {
    show(Metric.TRAINING_EMBEDDING_STD, p -> p.collapse().embeddingStd());
    show(Metric.TRAINING_COLLAPSED, p -> p.collapse().suspected() ? 1 : 0);
    if (collapse.teacherEntropy() != null) {
      show(Metric.TRAINING_TEACHER_ENTROPY, p -> p.collapse().teacherEntropy());
    }
  }

  void validated(Metrics metrics, TargetMetric target) {
    boolean first = Double.isNaN(validation);
    validation = metrics.value(target).orElse(Double.NaN);
    if (first) {
      gauges.add(
          meters.gauge(
              Metric.TRAINING_VALIDATION, () -> validation, run, experiment, target.key()));
    }
  }

  /** How much of the weights to start from has come. */
  void downloaded(long bytes) {
    if (downloaded == 0) {
      show(Metric.TRAINING_DOWNLOADED, () -> downloaded);
    }
    downloaded = bytes;
  }

  /** Nothing is trained any more. */
  void clear() {
    gauges.forEach(meters::remove);
    gauges.clear();
    progress = null;
    validation = Double.NaN;
    downloaded = 0;
  }

  private void show(Metric metric, ToDoubleFunction<TrainingEvent.Progress> value) {
    show(
        metric,
        () -> {
          TrainingEvent.Progress now = progress;
          return now == null ? Double.NaN : value.applyAsDouble(now);
        });
  }

  private void show(Metric metric, DoubleSupplier value) {
    gauges.add(meters.gauge(metric, value, run, experiment));
  }
}
