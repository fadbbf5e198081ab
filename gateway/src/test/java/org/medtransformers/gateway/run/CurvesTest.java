package org.medtransformers.gateway.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.TrainingEvent;

class CurvesTest {

  @Test
  void aResumedAttemptReplacesWhatItRepeats() {
    Curves curves =
        Curves.of(
            Stream.of(
                started(1, 1),
                progress(1, 10),
                progress(1, 20),
                validated(1, 20),
                progress(1, 30),
                started(2, 21),
                progress(2, 25),
                progress(2, 30),
                validated(2, 40)));
    assertEquals(
        List.of("1@10", "1@20", "2@25", "2@30"),
        curves.progress().stream().map(p -> p.attempt() + "@" + p.iteration()).toList());
    assertEquals(
        List.of("1@20", "2@40"),
        curves.validations().stream().map(v -> v.attempt() + "@" + v.iteration()).toList());
  }

  @Test
  void aValidationThatIsRepeatedIsThereOnce() {
    Curves curves =
        Curves.of(Stream.of(started(1, 1), validated(1, 20), started(2, 21), validated(2, 20)));
    assertEquals(
        List.of("2@20"),
        curves.validations().stream().map(v -> v.attempt() + "@" + v.iteration()).toList());
  }

  @Test
  void asManyPointsAsAreAllowedAreAllThereAndOfMoreEverySecond() {
    assertEquals(2000, ofPoints(2000).progress().size());
    Curves thinned = ofPoints(2001);
    assertEquals(
        IntStream.rangeClosed(0, 1000).map(i -> 2 * i + 1).boxed().toList(),
        thinned.progress().stream().map(TrainingEvent.Progress::iteration).toList());
    Curves many = ofPoints(100_000);
    assertEquals(100_000, many.progress().get(many.progress().size() - 1).iteration());
  }

  private static Curves ofPoints(int n) {
    return Curves.of(IntStream.rangeClosed(1, n).mapToObj(i -> progress(1, i)));
  }

  private static TrainingEvent started(int attempt, int firstIteration) {
    return new TrainingEvent.Started("r", attempt, "t", "cpu", 1, firstIteration, 10, 100);
  }

  private static TrainingEvent progress(int attempt, int iteration) {
    return new TrainingEvent.Progress(
        "r", attempt, iteration / 10.0, iteration, 100, 1.0, 1e-3, 1, 1, 1, 0, null);
  }

  private static TrainingEvent validated(int attempt, int iteration) {
    return new TrainingEvent.Validated(
        "r", attempt, iteration / 10.0, iteration, null, false, null);
  }
}
