package org.medtransformers.contracts.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.result.RunState;

/** What workers do with a run, one after the other, and where one speaks with them about it. */
public enum Stage {
  PREPARE(
      RunState.PREPARING,
      DatasetEvent.PrepareRequested.class,
      ServiceName.DATA,
      Topics.DATASET_COMMANDS,
      Topics.DATASET_EVENTS),
  TRAIN(
      RunState.TRAINING,
      TrainingEvent.Requested.class,
      ServiceName.TRAINER,
      Topics.TRAINING_COMMANDS,
      Topics.TRAINING_EVENTS),
  EVALUATE(
      RunState.EVALUATING,
      EvaluationEvent.Requested.class,
      ServiceName.EVAL,
      Topics.EVALUATION_COMMANDS,
      Topics.EVALUATION_EVENTS);

  private final RunState state;
  private final Class<? extends Event> command;
  private final ServiceName worker;
  private final String commands;
  private final String events;

  Stage(
      RunState state,
      Class<? extends Event> command,
      ServiceName worker,
      String commands,
      String events) {
    this.state = state;
    this.command = command;
    this.worker = worker;
    this.commands = commands;
    this.events = events;
  }

  /** The stage of a run in {@code state}; empty where no worker has anything to do with it. */
  public static Optional<Stage> of(RunState state) {
    return all().stream().filter(stage -> stage.state == state).findFirst();
  }

  /** The stage that a command of {@code type} begins; empty for any other event. */
  public static Optional<Stage> begunBy(EventTypes.EventType type) {
    return all().stream().filter(stage -> stage.command.equals(type.record())).findFirst();
  }

  public static List<Stage> all() {
    return Arrays.asList(values());
  }

  /** The state of a run at this stage. */
  public RunState state() {
    return state;
  }

  /** The service that does it. */
  public ServiceName worker() {
    return worker;
  }

  /** The topic on which its workers are told what to do. */
  public String commands() {
    return commands;
  }

  /** The topic on which they tell what they do. */
  public String events() {
    return events;
  }
}
