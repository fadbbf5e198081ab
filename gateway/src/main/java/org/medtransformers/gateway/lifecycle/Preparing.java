package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;

/** The part of the life cycle in which the data set is decoded. */
final class Preparing {
  private Preparing() {}

  static Optional<Transition> apply(RunPlan plan, RunStatus run, DatasetEvent event) {
    if (event instanceof DatasetEvent.PrepareProgress e) {
      return progress(run, e);
    }
    if (event instanceof DatasetEvent.PrepareWaiting e && run.watermark().accepts(e.attempt())) {
      return Transition.waiting(plan, run, e, e.reason(), Details.PREPARE_WAITING);
    }
    if (event instanceof DatasetEvent.Prepared e && run.watermark().accepts(e.attempt())) {
      return Optional.of(prepared(plan, run, titled(plan, e)));
    }
    if (event instanceof DatasetEvent.PrepareFailed e && run.watermark().accepts(e.attempt())) {
      return Optional.of(Transition.failed(plan, run, e, e.error()));
    }
    if (event instanceof DatasetEvent.PrepareCancelled e && run.watermark().accepts(e.attempt())) {
      return Optional.of(Transition.cancelled(plan, run, e));
    }
    return Optional.empty();
  }

  private static Optional<Transition> progress(RunStatus run, DatasetEvent.PrepareProgress e) {
    boolean further = run.watermark().in(e.attempt()).step() < e.done();
    if (!run.watermark().accepts(e.attempt())
        || !(further || run.watermark().precedes(e.attempt()))) {
      return Optional.empty();
    }
    RunProgress now = new RunProgress(e.attempt(), null, e.done(), e.total(), Details.PREPARING);
    Watermark mark = run.watermark().in(e.attempt()).withStep(e.done());
    return Optional.of(Transition.within(run.at(mark, now), e));
  }

  /** From here on the data are called what the run's file calls them. */
  private static DatasetEvent.Prepared titled(RunPlan plan, DatasetEvent.Prepared e) {
    return new DatasetEvent.Prepared(
        e.runId(), e.attempt(), e.dataset().titled(DatasetTitle.of(plan.file().config())));
  }

  private static Transition prepared(RunPlan plan, RunStatus run, DatasetEvent.Prepared e) {
    if (run.cancelRequested()) {
      return Transition.cancelled(plan, run, e);
    }
    PreparedDataset before = run.outcome().dataset();
    if (before != null && !before.id().equals(e.dataset().id())) {
      return Transition.failed(plan, run, e, changed(before, e.dataset()));
    }
    RunStatus knowing = run.with(run.outcome().prepared(e.dataset()));
    if (plan.search() && e.dataset().sizes().val() == 0) {
      return Transition.failed(plan, knowing, e, nothingToValidateOn(e.dataset()));
    }
    if (plan.model().isPresent()) {
      return evaluate(plan, knowing, e, plan.model().get());
    }
    return knowing.outcome().checkpoint() == null
        ? train(plan, knowing, e)
        : Training.afterwards(plan, run.state(), knowing, e, Details.EVALUATE_WAITING);
  }

  /** A run that is resumed goes on with the images that it began with, or not at all. */
  private static ErrorInfo changed(PreparedDataset before, PreparedDataset now) {
    return new ErrorInfo(
        ErrorCode.DATASET_INVALID,
        "the images or labels of %s have changed since the run began: it was on the prepared data set"
                .formatted(now.description().name())
            + " %s, now there is %s; submit the experiment again".formatted(before.id(), now.id()));
  }

  private static Transition train(RunPlan plan, RunStatus run, DatasetEvent.Prepared e) {
    RunStatus training = run.enter(RunState.TRAINING, Details.TRAIN_WAITING);
    return Transition.commanding(plan, run.state(), training, List.of(e));
  }

  private static Transition evaluate(
      RunPlan plan, RunStatus run, DatasetEvent.Prepared e, TrainedModel model) {
    if (!model.fits(e.dataset().description())) {
      return Transition.failed(plan, run, e, misfit(model, e.dataset()));
    }
    RunStatus evaluating =
        run.with(run.outcome().found(model.checkpoint()))
            .enter(RunState.EVALUATING, Details.EVALUATE_WAITING);
    return Transition.commanding(plan, run.state(), evaluating, List.of(e));
  }

  private static ErrorInfo nothingToValidateOn(PreparedDataset dataset) {
    return new ErrorInfo(
        ErrorCode.DATASET_INVALID,
        "medtrans.lr_finder: the validation split of %s is empty, nothing tells which learning rate"
                .formatted(dataset.description().name())
            + " is best");
  }

  private static ErrorInfo misfit(TrainedModel model, PreparedDataset dataset) {
    DatasetDescription knows = model.trainedOn();
    DatasetDescription found = dataset.description();
    return new ErrorInfo(
        ErrorCode.CHECKPOINT_INCOMPATIBLE,
        "the model of run %s knows %d channel(s) and the classes %s; %s has %d and %s"
            .formatted(
                model.runId(),
                knows.channels(),
                knows.classes(),
                found.name(),
                found.channels(),
                found.classes()));
  }
}
