package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.contracts.result.RunState;

/** A run and everything that can happen to it. */
final class Samples {
  static final String RUN = "3f0c2b7e-0000-4000-8000-000000000001";
  static final String EXPERIMENT = "3f0c2b7e-0000-4000-8000-000000000002";
  static final String SHA = "5".repeat(64);
  static final ErrorInfo ERROR = new ErrorInfo(ErrorCode.TRAINING_DIVERGED, "loss became NaN");
  static final PreparedDataset DATASET =
      new PreparedDataset(
          "abc",
          description(List.of("none", "mild")),
          new SplitSizes(70, 15, 15),
          null,
          null,
          0,
          List.of());

  /** Of {@link #plan()}, whose workers have not been heard of yet. */
  static final WorkOrder ORDER = new WorkOrder(EXPERIMENT, 0, 0, 0);

  /** The same of a run that was resumed once. */
  static final WorkOrder RESUMED = new WorkOrder(EXPERIMENT, 0, 100, 100);

  private Samples() {}

  static DatasetDescription description(List<String> classes) {
    return new DatasetDescription(
        "APTOS2019",
        classes,
        Task.MULTI_CLASS,
        3,
        List.of(0.4, 0.2, 0.1),
        List.of(0.3, 0.2, 0.1),
        TargetMetric.COHEN_KAPPA,
        false);
  }

  static RunPlan plan() {
    return plan(file(), false, Phase.ONLY, Optional.empty());
  }

  static RunPlan planWithoutLabels() {
    return plan(file("dino"), false, Phase.ONLY, Optional.empty());
  }

  static RunPlan planTrying() {
    return plan(file(), true, Phase.ONLY, Optional.empty());
  }

  /** The second training of a chain. */
  static RunPlan planFollowing() {
    return plan(file(), false, new Phase(2, true), Optional.empty());
  }

  static RunPlan planTesting(DatasetDescription trainedOn) {
    return planTesting(new TrainedModel("other", "runs/other/checkpoints/best", null, trainedOn));
  }

  static RunPlan planTesting(TrainedModel model) {
    return plan(file(), false, Phase.ONLY, Optional.of(model));
  }

  /**
   * @param key below {@code medtrans}, as JSON
   */
  static RunPlan planWith(String key) {
    return plan(file("supervised", ", " + key), false, Phase.ONLY, Optional.empty());
  }

  private static RunPlan plan(
      RunFile file, boolean search, Phase phase, Optional<TrainedModel> model) {
    return new RunPlan(
        RUN, EXPERIMENT, "sample", 7, file, true, search, phase, model, Optional.empty());
  }

  private static RunFile file() {
    return file("supervised");
  }

  private static RunFile file(String method) {
    return file(method, "");
  }

  private static RunFile file(String method, String more) {
    String text =
        """
        {"dataset_params": {"dataset": "APTOS2019", "data_location": "/data",
           "train_transforms": [], "val_transforms": [], "test_transforms": []},
         "model_params": {"DINO": {"projection_size": 4096}},
         "training_params": {"model_name": "sample", "knn_nhood": 200},
         "medtrans": {"method": "%s"%s}}
        """
            .formatted(method, more);
    return new RunFile(text, Json.read(text, RunConfig.class), SHA);
  }

  /** A run that has just reached {@code state}. */
  static RunStatus in(RunState state) {
    RunStatus run = RunStatus.QUEUED.with(RunOutcome.NONE.prepared(DATASET));
    return state == RunState.QUEUED ? run : run.enter(state, "waiting");
  }

  static RunStatus attempt(RunStatus run, int attempt) {
    return run.at(new Watermark(attempt, 0, -1, 0), run.progress());
  }

  static RunStatus trainedUpTo(int attempt, int iteration) {
    RunStatus run = in(RunState.TRAINING);
    for (Event event : List.of(started(attempt, 1), progress(attempt, iteration))) {
      run = RunLifecycle.apply(plan(), run, event).orElseThrow().status();
    }
    return run;
  }

  static TrainingEvent.Started started(int attempt, int firstIteration) {
    return new TrainingEvent.Started(RUN, attempt, "t", "cpu", 2, firstIteration, 20, 100);
  }

  static TrainingEvent.Progress progress(int attempt, int iteration) {
    return new TrainingEvent.Progress(
        RUN, attempt, iteration / 20.0, iteration, 100, 1.5, 1e-4, 1.0, 80.0, 12.0, 0.1, null);
  }

  static TrainingEvent.Completed completed(int attempt) {
    return new TrainingEvent.Completed(
        RUN, attempt, 100, 80, "checkpoints/best", metrics(0.5), null, null, List.of());
  }

  static Metrics metrics(double kappa) {
    return new Metrics(
        15, 1.0, 0.7, 0.6, 0.5, 0.5, kappa, null, null, null, List.of(), List.of(List.of(15)));
  }

  /** One event of each type that a run can see, all from {@code attempt}. */
  static List<Event> everyEvent(int attempt) {
    return List.of(
        new RunCancelRequested(RUN),
        new DatasetEvent.PrepareRequested(RUN, file().config().dataset(), null, false, null),
        new DatasetEvent.PrepareProgress(RUN, attempt, 10, 100),
        new DatasetEvent.PrepareWaiting(RUN, attempt, "waits for disk"),
        new DatasetEvent.Prepared(RUN, attempt, DATASET),
        new DatasetEvent.PrepareFailed(RUN, attempt, ERROR),
        new DatasetEvent.PrepareCancelled(RUN, attempt),
        new TrainingEvent.Requested(RUN, 7, file().config(), DATASET, null, null, "sample", null),
        started(attempt, 1),
        progress(attempt, 20),
        new TrainingEvent.Validated(RUN, attempt, 1.0, 20, metrics(0.4), true, null),
        new TrainingEvent.Checkpointed(RUN, attempt, 20, "checkpoints/20"),
        new TrainingEvent.Noticed(RUN, attempt, "no GPU was found"),
        new TrainingEvent.Waiting(RUN, attempt, "waits for disk"),
        completed(attempt),
        new TrainingEvent.Failed(RUN, attempt, ERROR),
        new TrainingEvent.Cancelled(RUN, attempt, 20),
        new EvaluationEvent.Requested(RUN, file().config(), DATASET, "runs/x", null, null, null),
        new EvaluationEvent.Completed(
            RUN, attempt, metrics(0.6), "runs/x/results.json", List.of(), null),
        new EvaluationEvent.Waiting(RUN, attempt, "waits for disk"),
        new EvaluationEvent.Failed(RUN, attempt, ERROR),
        new EvaluationEvent.Cancelled(RUN, attempt));
  }

  /** A whole life with a trainer that dies after iteration 25 and resumes at 21. */
  static List<Event> life() {
    return List.of(
        new DatasetEvent.PrepareProgress(RUN, 1, 50, 100),
        new DatasetEvent.Prepared(RUN, 1, DATASET),
        started(1, 1),
        new TrainingEvent.Noticed(RUN, 1, "no GPU was found"),
        progress(1, 20),
        new TrainingEvent.Validated(RUN, 1, 1.0, 20, metrics(0.4), true, null),
        new TrainingEvent.Checkpointed(RUN, 1, 20, "checkpoints/20"),
        progress(1, 25),
        started(2, 21),
        progress(2, 40),
        new TrainingEvent.Validated(RUN, 2, 2.0, 40, metrics(0.5), true, null),
        completed(2),
        new EvaluationEvent.Completed(
            RUN, 1, metrics(0.6), "runs/x/results.json", List.of(), null));
  }
}
