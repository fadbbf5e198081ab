package org.medtransformers.contracts.event;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The versioned type name and the topic of every event record. */
public final class EventTypes {

  /**
   * @param name CloudEvents {@code type}
   * @param topics where it is sent; several for what concerns every {@link Stage}
   */
  public record EventType(String name, Class<? extends Event> record, List<String> topics) {

    /** Where it is sent; empty where that depends on the stage. */
    public Optional<String> topic() {
      return topics.size() == 1 ? Optional.of(topics.get(0)) : Optional.empty();
    }
  }

  private static final List<EventType> ALL =
      List.of(
          type(
              "experiment.requested.v1",
              ExperimentEvent.Requested.class,
              Topics.EXPERIMENT_REQUESTS),
          type("experiment.accepted.v1", ExperimentEvent.Accepted.class, Topics.EXPERIMENT_EVENTS),
          type("experiment.rejected.v1", ExperimentEvent.Rejected.class, Topics.EXPERIMENT_EVENTS),
          type(
              "run.state-changed.v1",
              ExperimentEvent.RunStateChanged.class,
              Topics.EXPERIMENT_EVENTS),
          type("experiment.ended.v1", ExperimentEvent.Ended.class, Topics.EXPERIMENT_EVENTS),
          type(
              "dataset.prepare.requested.v1",
              DatasetEvent.PrepareRequested.class,
              Topics.DATASET_COMMANDS),
          type(
              "dataset.prepare.progress.v1",
              DatasetEvent.PrepareProgress.class,
              Topics.DATASET_EVENTS),
          type(
              "dataset.prepare.waiting.v1",
              DatasetEvent.PrepareWaiting.class,
              Topics.DATASET_EVENTS),
          type("dataset.prepared.v1", DatasetEvent.Prepared.class, Topics.DATASET_EVENTS),
          type(
              "dataset.prepare.failed.v1", DatasetEvent.PrepareFailed.class, Topics.DATASET_EVENTS),
          type(
              "dataset.prepare.cancelled.v1",
              DatasetEvent.PrepareCancelled.class,
              Topics.DATASET_EVENTS),
          type("training.requested.v1", TrainingEvent.Requested.class, Topics.TRAINING_COMMANDS),
          type("training.started.v1", TrainingEvent.Started.class, Topics.TRAINING_EVENTS),
          type("training.progress.v1", TrainingEvent.Progress.class, Topics.TRAINING_EVENTS),
          type("training.validated.v1", TrainingEvent.Validated.class, Topics.TRAINING_EVENTS),
          type(
              "training.checkpointed.v1", TrainingEvent.Checkpointed.class, Topics.TRAINING_EVENTS),
          type("training.noticed.v1", TrainingEvent.Noticed.class, Topics.TRAINING_EVENTS),
          type("training.waiting.v1", TrainingEvent.Waiting.class, Topics.TRAINING_EVENTS),
          type("training.completed.v1", TrainingEvent.Completed.class, Topics.TRAINING_EVENTS),
          type("training.failed.v1", TrainingEvent.Failed.class, Topics.TRAINING_EVENTS),
          type("training.cancelled.v1", TrainingEvent.Cancelled.class, Topics.TRAINING_EVENTS),
          type(
              "evaluation.requested.v1",
              EvaluationEvent.Requested.class,
              Topics.EVALUATION_COMMANDS),
          type("evaluation.waiting.v1", EvaluationEvent.Waiting.class, Topics.EVALUATION_EVENTS),
          type(
              "evaluation.completed.v1", EvaluationEvent.Completed.class, Topics.EVALUATION_EVENTS),
          type("evaluation.failed.v1", EvaluationEvent.Failed.class, Topics.EVALUATION_EVENTS),
          type(
              "evaluation.cancelled.v1", EvaluationEvent.Cancelled.class, Topics.EVALUATION_EVENTS),
          type("audit.recorded.v1", AuditRecorded.class, Topics.AUDIT_EVENTS),
          ofStages("run.cancel.requested.v1", RunCancelRequested.class, Stage::commands),
          ofStages("run.inquired.v1", RunInquired.class, Stage::commands),
          ofStages("run.held.v1", RunHeld.class, Stage::events),
          ofStages("run.unknown.v1", RunUnknown.class, Stage::events));

  private EventTypes() {}

  private static EventType type(String name, Class<? extends Event> record, String topic) {
    return new EventType(name, record, List.of(topic));
  }

  private static EventType ofStages(
      String name, Class<? extends Event> record, Function<Stage, String> topic) {
    return new EventType(name, record, Stage.all().stream().map(topic).toList());
  }

  public static List<EventType> all() {
    return ALL;
  }

  /** The type of {@code record}. */
  public static EventType of(Class<? extends Event> record) {
    return ALL.stream().filter(t -> t.record().equals(record)).findFirst().orElseThrow();
  }

  /** The type called {@code name}; empty for a type of a newer version. */
  public static Optional<EventType> named(String name) {
    return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
