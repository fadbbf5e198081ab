package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/** The part of the life cycle in which a trainer has the run. */
final class Training {
  private Training() {}

  static Optional<Transition> apply(RunPlan plan, RunStatus run, TrainingEvent event) {
    Watermark mark = run.watermark();
    if (event instanceof TrainingEvent.Started e && mark.precedes(e.attempt())) {
      return Optional.of(started(run, e));
    }
    if (event instanceof TrainingEvent.Progress e
        && mark.accepts(e.attempt())
        && mark.in(e.attempt()).step() < e.iteration()) {
      return Optional.of(progress(run, e));
    }
    if (event instanceof TrainingEvent.Validated e
        && mark.accepts(e.attempt())
        && mark.in(e.attempt()).validated() < e.iteration()) {
      Watermark next = mark.in(e.attempt()).withValidated(e.iteration());
      OptionalDouble found =
          e.metrics().value(run.outcome().dataset().description().targetMetric());
      RunProgress now =
          run.progress().withValidation(found.isPresent() ? found.getAsDouble() : null);
      return Optional.of(Transition.within(run.at(next, now), e));
    }
    if (event instanceof TrainingEvent.Checkpointed e
        && mark.accepts(e.attempt())
        && mark.in(e.attempt()).checkpointed() < e.iteration()) {
      Watermark next = mark.in(e.attempt()).withCheckpointed(e.iteration());
      return Optional.of(Transition.within(run.at(next, run.progress()), e));
    }
    if (event instanceof TrainingEvent.Noticed e
        && mark.accepts(e.attempt())
        && !run.outcome().notices().contains(e.notice())) {
      RunOutcome noticed = run.outcome().noticed(List.of(e.notice()));
      return Optional.of(Transition.within(run.with(noticed), e));
    }
    if (event instanceof TrainingEvent.Waiting e && mark.accepts(e.attempt())) {
      String otherwise = run.begun() ? Details.TRAINING_ON : Details.TRAIN_WAITING;
      return Transition.waiting(plan, run, e, e.reason(), otherwise);
    }
    return ended(plan, run, event);
  }

  private static Optional<Transition> ended(RunPlan plan, RunStatus run, TrainingEvent event) {
    Watermark mark = run.watermark();
    if (event instanceof TrainingEvent.Completed e && mark.accepts(e.attempt())) {
      return Optional.of(completed(plan, run, e));
    }
    if (event instanceof TrainingEvent.Failed e && mark.accepts(e.attempt())) {
      return Optional.of(failed(plan, run, e));
    }
    if (event instanceof TrainingEvent.Cancelled e && mark.accepts(e.attempt())) {
      return Optional.of(Transition.cancelled(plan, run, e));
    }
    return Optional.empty();
  }

  private static Transition started(RunStatus run, TrainingEvent.Started e) {
    int done = e.firstIteration() - 1;
    double epoch = (double) done / e.iterationsPerEpoch();
    RunProgress now =
        new RunProgress(e.attempt(), epoch, done, e.iterations(), Details.started(e))
            .withValidation(run.progress().validation());
    // A validation of the iteration that the attempt resumes from is not repeated, but may be.
    return Transition.within(run.at(run.watermark().in(e.attempt()).withStep(done), now), e);
  }

  private static Transition progress(RunStatus run, TrainingEvent.Progress e) {
    RunProgress now =
        new RunProgress(
            e.attempt(),
            e.epoch(),
            e.iteration(),
            e.iterations(),
            e.loss(),
            run.progress().validation(),
            e.imagesPerSecond(),
            e.secondsLeft(),
            e.dataWaitShare(),
            e.collapse(),
            run.progress().detail());
    Watermark mark = run.watermark().in(e.attempt()).withStep(e.iteration());
    return Transition.within(run.at(mark, now), e);
  }

  private static Transition completed(RunPlan plan, RunStatus run, TrainingEvent.Completed e) {
    String checkpoint = "runs/" + plan.runId() + "/" + e.checkpoint();
    RunStatus trained =
        run.with(
            run.outcome().trained(checkpoint, e).noticed(Notices.trained(plan.config(), run, e)));
    if (plan.search()) {
      return ended(plan, run, e, trained);
    }
    if (run.cancelRequested()) {
      return Transition.cancelled(plan, trained, e);
    }
    return afterwards(plan, run.state(), trained, e, Details.trained(e, run.progress()));
  }

  /**
   * What follows a training that is done: the model is measured, where there are labels.
   *
   * @param trained the run with its model
   */
  static Transition afterwards(
      RunPlan plan, RunState from, RunStatus trained, Event cause, String detail) {
    if (!trained.outcome().dataset().description().labelled()) {
      return Transition.between(plan, from, trained.end(RunState.SUCCEEDED), List.of(cause));
    }
    RunStatus evaluating = trained.enter(RunState.EVALUATING, detail);
    return Transition.commanding(plan, from, evaluating, List.of(cause));
  }

  private static Transition failed(RunPlan plan, RunStatus run, TrainingEvent.Failed e) {
    boolean found = plan.search() && e.error().code() == ErrorCode.TRAINING_DIVERGED;
    return found
        ? ended(plan, run, e, run.with(run.outcome().failed(e.error())))
        : Transition.failed(plan, run, e, e.error());
  }

  /**
   * Nothing is tested: with a learning rate that is only tried the test split has no say, and
   * without labels there is nothing to measure.
   */
  private static Transition ended(RunPlan plan, RunStatus run, TrainingEvent e, RunStatus found) {
    return Transition.between(plan, run.state(), found.end(RunState.SUCCEEDED), List.of(e));
  }
}
