package org.medtransformers.gateway.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * The history of a training as functions of the iteration: where an attempt resumes from a
 * checkpoint, what came after that checkpoint before is replaced, and so is a validation that is
 * repeated because there was no checkpoint after it. Of very many points every second is kept, as
 * often as it takes, the latest always.
 *
 * @param progress by rising iteration
 * @param validations by rising iteration
 */
public record Curves(
    List<TrainingEvent.Progress> progress, List<TrainingEvent.Validated> validations) {

  /** No screen shows more. */
  static final int MOST_POINTS = 2000;

  /** From {@code events}, in the order in which they happened; they are not held together. */
  public static Curves of(Stream<TrainingEvent> events) {
    Curves curves = new Curves(new ArrayList<>(), new ArrayList<>());
    events.forEachOrdered(curves::add);
    return new Curves(List.copyOf(curves.progress), List.copyOf(curves.validations));
  }

  private void add(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started e) {
      progress.removeIf(p -> p.iteration() >= e.firstIteration());
      validations.removeIf(v -> v.iteration() >= e.firstIteration());
    } else if (event instanceof TrainingEvent.Progress e) {
      progress.add(e);
      thin(progress);
    } else if (event instanceof TrainingEvent.Validated e) {
      // A trainer killed before its checkpoint validates the same iteration again.
      validations.removeIf(v -> v.iteration() == e.iteration());
      validations.add(e);
      thin(validations);
    }
  }

  private static <T> void thin(List<T> points) {
    if (points.size() > MOST_POINTS) {
      int last = points.size() - 1;
      List<T> kept =
          IntStream.rangeClosed(0, last)
              .filter(i -> (last - i) % 2 == 0)
              .mapToObj(points::get)
              .toList();
      points.clear();
      points.addAll(kept);
    }
  }
}
