package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.result.RunState;

/**
 * What an event does to a run.
 *
 * @param status the run afterwards
 * @param history what to append to the history, in this order
 * @param outgoing what to send
 */
public record Transition(RunStatus status, List<Event> history, List<Outgoing> outgoing) {

  /** Something happened, the state stays. */
  static Transition within(RunStatus status, Event cause) {
    return new Transition(status, List.of(cause), List.of());
  }

  /**
   * A worker waits for more than its turn, or does no longer; empty where that is known.
   *
   * @param reason null where it waits no longer
   * @param otherwise what it does then
   */
  static Optional<Transition> waiting(
      RunPlan plan, RunStatus run, Event cause, String reason, String otherwise) {
    RunStatus told =
        reason == null
            ? run.telling(otherwise)
            : run.with(run.outcome().noticed(Notices.heldUp(plan.config(), run.state())))
                .telling(reason);
    return told.equals(run) ? Optional.empty() : Optional.of(within(told, cause));
  }

  /** The run ends with {@code error}. */
  static Transition failed(RunPlan plan, RunStatus run, Event cause, ErrorInfo error) {
    RunStatus failed = run.with(run.outcome().failed(error)).end(RunState.FAILED);
    return between(plan, run.state(), failed, List.of(cause));
  }

  /** The run ends because somebody wanted it to. */
  static Transition cancelled(RunPlan plan, RunStatus run, Event cause) {
    return between(plan, run.state(), run.end(RunState.CANCELLED), List.of(cause));
  }

  /** The state changes to one in which workers have something to do, which they are told. */
  static Transition commanding(RunPlan plan, RunState from, RunStatus to, List<Event> causes) {
    return between(plan, from, to, causes).sending(Outgoing.of(Commands.of(plan, to)));
  }

  /** The state changes, and everybody is told. */
  static Transition between(RunPlan plan, RunState from, RunStatus to, List<Event> causes) {
    Event changed =
        new ExperimentEvent.RunStateChanged(
            plan.experimentId(), plan.runId(), from, to.state(), to.outcome().error());
    return new Transition(
        to,
        Stream.concat(causes.stream(), Stream.of(changed)).toList(),
        List.of(Outgoing.of(changed)));
  }

  /** The same with {@code message} to send before everything else. */
  Transition sending(Outgoing message) {
    return new Transition(
        status, history, Stream.concat(Stream.of(message), outgoing.stream()).toList());
  }
}
