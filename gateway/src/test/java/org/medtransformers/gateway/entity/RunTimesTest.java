package org.medtransformers.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.TrainingEvent;

class RunTimesTest {
  private static final String RUN = "a run";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Instant after(int seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void aStateLastsUntilItIsLeft() {
    RunTimes times = new RunTimes();
    assertEquals(Duration.ZERO, times.leave(START));
    assertEquals(Duration.ofSeconds(40), times.leave(after(40)));
    assertEquals(Duration.ofSeconds(2), times.leave(after(42)));
  }

  @Test
  void aNewRunHasBeenHeardOf() {
    RunTimes times = new RunTimes();
    times.leave(START);
    times.leave(after(40));
    assertEquals(START, times.heardAt);
  }

  /** The first attempt is last heard of after 30 s, the second begins after 100 s. */
  @Test
  void theDeviceIsHeldWhileATrainerIsHeardOf() {
    RunTimes times = trained();
    times.train("cuda:1", after(100));
    times.heard(progress(2), 2, after(150));
    times.heard(
        new TrainingEvent.Completed(RUN, 2, 9, 9, "last", null, null, null, null), 2, after(160));
    times.leave(after(160));
    assertEquals(20 + 60, times.trainedBefore, 1e-9);
    assertNull(times.trainedSince);
    assertEquals("gpu", times.device);
  }

  @Test
  void aRunThatWasGivenBackHoldsNoDeviceWhileItWaitsToBeCancelled() {
    RunTimes times = trained();
    times.heard(new TrainingEvent.Cancelled(RUN, 1, 7), 1, after(5000));
    times.leave(after(5000));
    assertEquals(20, times.trainedBefore, 1e-9);
  }

  @Test
  void aRunThatIsGivenUpHeldItsDeviceUntilItsLastTrainerFellSilent() {
    RunTimes times = trained();
    times.heard(failed(1, ErrorCode.ATTEMPTS_EXHAUSTED), 1, after(5000));
    times.leave(after(5000));
    assertEquals(20, times.trainedBefore, 1e-9);
  }

  @Test
  void aTrainerThatFailsHeldItsDeviceUntilThen() {
    RunTimes times = trained();
    times.heard(failed(1, ErrorCode.TRAINING_DIVERGED), 1, after(45));
    times.leave(after(45));
    assertEquals(35, times.trainedBefore, 1e-9);
  }

  @Test
  void anAttemptThatFailsBeforeItBeginsSaysNothingOfTheOneBefore() {
    RunTimes times = trained();
    times.heard(failed(2, ErrorCode.CHECKPOINT_UNREADABLE), 1, after(5000));
    times.leave(after(5000));
    assertEquals(20, times.trainedBefore, 1e-9);
  }

  /** Its first attempt begins after 10 s and is last heard of after 30 s. */
  private static RunTimes trained() {
    RunTimes times = new RunTimes();
    times.leave(START);
    times.train("cuda:0", after(10));
    times.heard(progress(1), 1, after(30));
    return times;
  }

  private static TrainingEvent progress(int attempt) {
    return new TrainingEvent.Checkpointed(RUN, attempt, 7, "some");
  }

  private static TrainingEvent failed(int attempt, ErrorCode code) {
    return new TrainingEvent.Failed(RUN, attempt, new ErrorInfo(code, "for a test"));
  }
}
