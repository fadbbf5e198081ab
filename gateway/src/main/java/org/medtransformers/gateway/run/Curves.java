package org.medtransformers.gateway.run;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * The history of a training as functions of the iteration: where an attempt resumes from a
 * checkpoint, what came after that checkpoint before is replaced, and so is a validation that is
 * repeated because there was no checkpoint after it.
 *
 * @param progress by rising iteration
 * @param validations by rising iteration
 */
record Curves(List<TrainingEvent.Progress> progress, List<TrainingEvent.Validated> validations) {

  /** From {@code events}, in the order in which they happened. */
  static Curves of(List<TrainingEvent> events) {
    List<TrainingEvent.Progress> progress = new ArrayList<>();
    List<TrainingEvent.Validated> validations = new ArrayList<>();
    for (TrainingEvent event : events) {
      if (event instanceof TrainingEvent.Started e) {
        progress.removeIf(p -> p.iteration() >= e.firstIteration());
        validations.removeIf(v -> v.iteration() >= e.firstIteration());
      } else if (event instanceof TrainingEvent.Progress e) {
        progress.add(e);
      } else if (event instanceof TrainingEvent.Validated e) {
        // A trainer killed before its checkpoint validates the same iteration again.
        validations.removeIf(v -> v.iteration() == e.iteration());
        validations.add(e);
      }
    }
    return new Curves(List.copyOf(progress), List.copyOf(validations));
  }
}
