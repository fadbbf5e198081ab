package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Backoff;

class MisfitsTest {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** A clock that has its overflow near. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

  private final Misfits misfits = new Misfits(new Backoff(FIRST, LONGEST), clock::get);

  @Test
  void whatDoesNotFitAgainAndAgainIsTriedAfterPausesThatDoubleUpToALongest() {
    for (int seconds : new int[] {15, 30, 60, 120, 120}) {
      misfits.add("large");
      assertPause(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void whatFitsForLongBeginsAnew() {
    misfits.add("large");
    assertPause(FIRST);
    pass(LONGEST.multipliedBy(4));
    misfits.add("large");
    assertPause(FIRST.multipliedBy(2));
    pass(LONGEST.multipliedBy(4).plusNanos(1));
    misfits.add("large");
    assertPause(FIRST);
  }

  @Test
  void eachHasPausesOfItsOwn() {
    misfits.add("large");
    pass(FIRST);
    misfits.add("huge");
    assertEquals(Set.of("huge"), misfits.now());
    misfits.add("large");
    assertEquals(Set.of("huge", "large"), misfits.now());
    pass(FIRST);
    assertEquals(Set.of("large"), misfits.now());
  }

  private void assertPause(Duration pause) {
    pass(pause.minusNanos(1));
    assertEquals(Set.of("large"), misfits.now());
    pass(Duration.ofNanos(1));
    assertEquals(Set.of(), misfits.now());
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
