package org.medtransformers.trainer.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.trainer.loop.Recorder.Speed;

/** What Prometheus sees of the present training; NaN while there is none. */
@Singleton
public class TrainingMetrics {
  private static final Speed NONE = new Speed(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final AtomicReference<Speed> speed = new AtomicReference<>(NONE);
  private final AtomicReference<Double> teacherEntropy = new AtomicReference<>(Double.NaN);
  private final AtomicReference<Double> embeddingStd = new AtomicReference<>(Double.NaN);
  private final AtomicReference<Double> validation = new AtomicReference<>(Double.NaN);
  private final AtomicReference<Double> downloaded = new AtomicReference<>(Double.NaN);
  private final Timer step;
  private final Timer checkpoint;
  private final Timer checkpointCopy;

  TrainingMetrics(MeterRegistry registry) {
    registry.gauge("medtrans.training.loss", speed, s -> s.get().loss());
    registry.gauge("medtrans.training.images.per.second", speed, s -> s.get().imagesPerSecond());
    registry.gauge("medtrans.training.seconds.left", speed, s -> s.get().secondsLeft());
    registry.gauge("medtrans.training.data.wait.share", speed, s -> s.get().dataWaitShare());
    registry.gauge("medtrans.training.teacher.entropy", teacherEntropy, AtomicReference::get);
    registry.gauge("medtrans.training.embedding.std", embeddingStd, AtomicReference::get);
    registry.gauge("medtrans.training.validation.metric", validation, AtomicReference::get);
    registry.gauge("medtrans.training.weights.downloaded.bytes", downloaded, AtomicReference::get);
    step = registry.timer("medtrans.training.step");
    checkpoint = registry.timer("medtrans.training.checkpoint");
    checkpointCopy = registry.timer("medtrans.training.checkpoint.copy");
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

  /**
   * @param measured of a training without labels
   */
  void progress(Speed now, Optional<Collapse> measured) {
    speed.set(now);
    teacherEntropy.set(measured.map(Collapse::teacherEntropy).orElse(Double.NaN));
    embeddingStd.set(measured.map(Collapse::embeddingStd).orElse(Double.NaN));
  }

  void validated(Metrics metrics, TargetMetric target) {
    validation.set(metrics.value(target).orElse(Double.NaN));
  }

  /** How much of the weights to start from has come. */
  void downloaded(long bytes) {
    downloaded.set((double) bytes);
  }

  /** Nothing is trained any more. */
  void clear() {
    downloaded.set(Double.NaN);
    progress(NONE, Optional.empty());
    validation.set(Double.NaN);
  }
}
