package org.medtransformers.contracts.event;

/**
 * The data of one CloudEvent. {@link EventTypes} knows each record's versioned type name and topic.
 * Consumers ignore fields they do not know, are idempotent by event source and id, and drop what
 * carries an attempt older than the one they have seen.
 */
public sealed interface Event
    permits ExperimentEvent,
        DatasetEvent,
        TrainingEvent,
        EvaluationEvent,
        RunCancelRequested,
        RunInquired,
        RunHeld,
        RunUnknown,
        AuditRecorded {

  /** The Kafka key: the run's id, or the experiment's where there is no run. */
  String key();
}
