package org.medtransformers.trainer.job;

import java.time.Duration;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.trainer.loop.Measured;
import org.medtransformers.trainer.loop.Recorder;
import org.medtransformers.trainer.loop.TrainingPlan;
import org.medtransformers.trainer.loop.TrainingState;

/**
 * Tells of a training's progress by events and keeps its state in checkpoints, both fenced; notes
 * what it takes.
 */
final class EventRecorder implements Recorder {
  private final JobContext context;
  private final TrainingPlan plan;
  private final TargetMetric target;
  private final RunCheckpoints checkpoints;
  private final CostLedger costs;
  private final TrainingMetrics metrics;

  EventRecorder(
      JobContext context,
      TrainingPlan plan,
      TargetMetric target,
      RunCheckpoints checkpoints,
      CostLedger costs,
      TrainingMetrics metrics) {
    this.context = context;
    this.plan = plan;
    this.target = target;
    this.checkpoints = checkpoints;
    this.costs = costs;
    this.metrics = metrics;
  }

  @Override
  public void learned(int images, Duration waited, Duration taken) {
    costs.add(images, waited, taken);
  }

  @Override
  public void progress(StepResult step, Speed speed) {
    int iteration = Math.toIntExact(step.iteration());
    TrainingEvent.Progress now =
        new TrainingEvent.Progress(
            context.job().runId(),
            context.job().attempt(),
            plan.epoch(iteration),
            iteration,
            plan.iterations(),
            speed.loss(),
            step.lr(),
            step.gradientNorm(),
            speed.imagesPerSecond(),
            speed.secondsLeft(),
            speed.dataWaitShare(),
            step.collapse().orElse(null));
    metrics.progress(now);
    emit(now);
  }

  @Override
  public void validated(int iteration, Measured found, boolean best) {
    metrics.validated(found.metrics(), target);
    emit(
        new TrainingEvent.Validated(
            context.job().runId(),
            context.job().attempt(),
            plan.epoch(iteration),
            iteration,
            found.metrics(),
            best,
            found.knn()));
  }

  @Override
  public void checkpoint(TrainingState state) {
    checkpoints.begin(state);
  }

  @Override
  public boolean writesCheckpoint() {
    return checkpoints.writing();
  }

  @Override
  public void awaitCheckpoint() {
    checkpoints.await();
  }

  private void emit(TrainingEvent event) {
    context.emit(event);
  }
}
