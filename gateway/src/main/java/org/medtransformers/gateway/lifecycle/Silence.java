package org.medtransformers.gateway.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;

/**
 * What is done about a run of which nothing is heard. Its workers are asked; where they know
 * nothing of it, they get their command again; where nobody answers, it waits, and can be cancelled
 * all the same. Whatever a worker of an ended run still says changes nothing.
 */
public final class Silence {
  private Silence() {}

  /** What to ask the workers of {@code run}; empty where it is with none. */
  public static Optional<Outgoing> question(String runId, RunStatus run) {
    Event question =
        run.cancelRequested()
            ? new RunCancelRequested(runId)
            : new RunInquired(runId, run.attemptsAfter());
    return Stage.of(run.state()).map(stage -> new Outgoing(stage.commands(), question));
  }

  /** Whether {@code e} is a sign of life: not of who has what was before the run was resumed. */
  public static boolean isBrokenBy(RunStatus run, RunHeld e) {
    return run.state() == e.stage().state() && e.attempt() >= run.attemptsAfter();
  }

  /** The run as it tells that nobody has answered {@code since} then; empty where it did before. */
  public static Optional<Transition> told(RunStatus run, Instant since) {
    RunStatus telling =
        noticed(
            run,
            "no worker has said anything of this run for long while it was %s since %s: such a run"
                    .formatted(run.state(), since)
                + " goes on once one does, and can be cancelled meanwhile");
    return telling.equals(run)
        ? Optional.empty()
        : Optional.of(new Transition(telling, List.of(), List.of()));
  }

  /** Nobody answers: {@code run} ends, and its workers are told to stop whenever they are back. */
  public static Optional<Transition> abandon(RunPlan plan, RunStatus run) {
    RunCancelRequested cancel = new RunCancelRequested(plan.runId());
    RunStatus telling =
        noticed(run.cancelling(), "cancelled while no worker said anything of this run");
    return Stage.of(run.state())
        .map(stage -> new Outgoing(stage.commands(), cancel))
        .map(message -> Transition.cancelled(plan, telling, cancel).sending(message));
  }

  /** The workers of a stage know nothing of {@code run}. */
  static Optional<Transition> unknown(RunPlan plan, RunStatus run, RunUnknown e) {
    if (run.state() != e.stage().state()) {
      return Optional.empty();
    }
    if (run.cancelRequested()) {
      return Optional.of(Transition.cancelled(plan, run, e));
    }
    RunStatus again =
        noticed(
            run,
            "its workers knew nothing of this run while it was %s: they were told again what to do"
                .formatted(run.state()));
    return Optional.of(Transition.within(again, e).sending(Outgoing.of(Commands.of(plan, again))));
  }

  private static RunStatus noticed(RunStatus run, String notice) {
    return run.with(run.outcome().noticed(List.of(notice)));
  }
}
