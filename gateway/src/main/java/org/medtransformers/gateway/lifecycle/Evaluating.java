package org.medtransformers.gateway.lifecycle;

import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.result.RunState;

/** The part of the life cycle in which the model is measured. */
final class Evaluating {
  private Evaluating() {}

  static Optional<Transition> apply(RunPlan plan, RunStatus run, EvaluationEvent event) {
    Watermark mark = run.watermark();
    if (event instanceof EvaluationEvent.Completed e && mark.accepts(e.attempt())) {
      Split split = plan.config().medtrans().evaluation().split();
      RunStatus measured =
          run.with(run.outcome().evaluated(split, e.metrics()).cost(e.cost()).noticed(e.notices()))
              .end(RunState.SUCCEEDED);
      return Optional.of(Transition.between(plan, run.state(), measured, List.of(e)));
    }
    if (event instanceof EvaluationEvent.Waiting e && mark.accepts(e.attempt())) {
      return Transition.waiting(plan, run, e, e.reason(), Details.EVALUATE_WAITING);
    }
    if (event instanceof EvaluationEvent.Failed e && mark.accepts(e.attempt())) {
      return Optional.of(Transition.failed(plan, run, e, e.error()));
    }
    if (event instanceof EvaluationEvent.Cancelled e && mark.accepts(e.attempt())) {
      return Optional.of(Transition.cancelled(plan, run, e));
    }
    return Optional.empty();
  }
}
