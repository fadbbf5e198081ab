package org.medtransformers.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofSeconds(5);

  private boolean alive = true;
  private final Pulse pulse = new Pulse(timeout -> alive, START_PATIENCE, PATIENCE, Runnable::run);
  private long now = Long.MAX_VALUE - 1; // it may overflow

  @Test
  void aPartThatIsSilentForAMinuteHangsAndOneThatIsSilentForLessDoesNot() {
    pulse.begin(now);
    assertFalse(hangsAfter(TICK));
    alive = false;
    for (Duration silence = TICK; silence.compareTo(PATIENCE) <= 0; silence = silence.plus(TICK)) {
      assertFalse(hangsAfter(TICK), "silent for " + silence);
    }
    assertTrue(hangsAfter(TICK));
    alive = true;
    assertFalse(hangsAfter(TICK));
  }

  @Test
  void aPartThatHasJustBeenStartedHasFiveMinutesForItsFirstAnswer() {
    alive = false;
    pulse.begin(now);
    for (int i = 0; i < 60; i++) {
      assertFalse(hangsAfter(TICK));
    }
    assertTrue(hangsAfter(TICK));
  }

  @Test
  void aSleepOfTheWholeMachineSaysNothingAgainstAPart() {
    pulse.begin(now);
    assertFalse(hangsAfter(TICK));
    alive = false;
    assertFalse(hangsAfter(Duration.ofHours(8)));
    assertFalse(hangsAfter(TICK));
    alive = true;
    assertFalse(hangsAfter(TICK));
  }

  @Test
  void aQuestionThatIsNotAnsweredYetIsNotAskedAgain() {
    List<Runnable> open = new ArrayList<>();
    Pulse stuck = new Pulse(timeout -> alive, START_PATIENCE, PATIENCE, open::add);
    stuck.begin(now);
    for (int i = 0; i < 10; i++) {
      now += TICK.toNanos();
      stuck.hangs(now);
    }
    assertEquals(1, open.size());
  }

  /** Lets {@code time} pass, the question be asked and the answer be heard. */
  private boolean hangsAfter(Duration time) {
    now += time.toNanos();
    pulse.hangs(now);
    return pulse.hangs(now);
  }
}
