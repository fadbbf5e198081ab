package org.medtransformers.gateway.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

@Timeout(60)
class CalculationsTest {
  private final CountDownLatch ready = new CountDownLatch(1);
  private final AtomicInteger times = new AtomicInteger();
  private final Calculations patient = new Calculations(Duration.ofMinutes(1), "comparison");
  private final Calculations hasty = new Calculations(Duration.ZERO, "comparison");

  @AfterEach
  void stop() {
    ready.countDown();
    patient.stop();
    hasty.stop();
  }

  private int whenReady() {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return times.incrementAndGet();
  }

  @Test
  void whatIsKnownIsNotWorkedOutAgainUntilItIsForgotten() {
    Calculations.Known<String, Integer> known = patient.keeping(10);
    assertEquals(1, known.of("a", times::incrementAndGet));
    assertEquals(1, known.of("a", times::incrementAndGet));
    known.forget("a");
    assertEquals(2, known.of("a", times::incrementAndGet));
  }

  @Test
  void whoeverCannotWaitComesAgainAndFindsTheAnswer() {
    Calculations.Known<String, Integer> known = hasty.keeping(10);
    assertEquals(ErrorCode.UNAVAILABLE, refusal(known, "a").code());
    assertEquals(ErrorCode.UNAVAILABLE, refusal(known, "a").code());
    ready.countDown();
    int answer = 0;
    while (answer == 0) {
      try {
        answer = known.of("a", this::whenReady);
      } catch (MedtransException e) {
        Thread.onSpinWait();
      }
    }
    assertEquals(1, answer);
  }

  @Test
  void oneIsWorkedOutWhileSixteenWaitAndNoMore() {
    Calculations.Known<Integer, Integer> known = hasty.keeping(100);
    for (int i = 0; i < 17; i++) {
      assertTrue(refusal(known, i).getMessage().startsWith("the answer is being worked out"));
    }
    assertTrue(refusal(known, 17).getMessage().startsWith("too much is being worked out"));
  }

  @Test
  void aFailureIsToldAndNotKept() {
    Calculations.Known<String, Integer> known = patient.keeping(10);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                known.of(
                    "a",
                    () -> {
                      throw new IllegalStateException("as reading a file may");
                    }));
    assertEquals("as reading a file may", e.getMessage());
    assertEquals(1, known.of("a", times::incrementAndGet));
  }

  private <K> MedtransException refusal(Calculations.Known<K, Integer> known, K question) {
    return assertThrows(MedtransException.class, () -> known.of(question, this::whenReady));
  }
}
