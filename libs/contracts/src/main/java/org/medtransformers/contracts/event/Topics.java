package org.medtransformers.contracts.event;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The Kafka topics. Records are keyed by run id (requests by whatever the client likes). */
public final class Topics {
  public static final String EXPERIMENT_REQUESTS = "experiment.requests";
  public static final String EXPERIMENT_EVENTS = "experiment.events";
  public static final String DATASET_COMMANDS = "dataset.commands";
  public static final String DATASET_EVENTS = "dataset.events";
  public static final String TRAINING_COMMANDS = "training.commands";
  public static final String TRAINING_EVENTS = "training.events";
  public static final String EVALUATION_COMMANDS = "evaluation.commands";
  public static final String EVALUATION_EVENTS = "evaluation.events";
  public static final String AUDIT_EVENTS = "audit.events";

  private static final String DEAD_LETTER = ".dlq";

  private static final List<String> ALL =
      List.of(
          EXPERIMENT_REQUESTS,
          EXPERIMENT_EVENTS,
          DATASET_COMMANDS,
          DATASET_EVENTS,
          TRAINING_COMMANDS,
          TRAINING_EVENTS,
          EVALUATION_COMMANDS,
          EVALUATION_EVENTS,
          AUDIT_EVENTS);

  /** Whose records ask for something: what is not understood there is not done. */
  private static final Set<String> COMMANDS =
      Set.of(EXPERIMENT_REQUESTS, DATASET_COMMANDS, TRAINING_COMMANDS, EVALUATION_COMMANDS);

  private Topics() {}

  /**
   * Whether whoever sends to {@code topic} counts on its being done; on the others, what is told is
   * for who understands it.
   */
  public static boolean isCommands(String topic) {
    return COMMANDS.contains(topic);
  }

  /** Where a consumer of {@code topic} puts what it cannot read. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER;
  }

  /** Whether {@code topic} is for what could not be read elsewhere. */
  public static boolean isDeadLetter(String topic) {
    return topic.endsWith(DEAD_LETTER);
  }

  /** The topic whose records {@code deadLetterTopic} is for. */
  public static String ofDeadLetter(String deadLetterTopic) {
    return isDeadLetter(deadLetterTopic)
        ? deadLetterTopic.substring(0, deadLetterTopic.length() - DEAD_LETTER.length())
        : deadLetterTopic;
  }

  /** Every topic there is, dead-letter topics included. */
  public static List<String> all() {
    return ALL.stream().flatMap(t -> Stream.of(t, deadLetter(t))).toList();
  }
}
