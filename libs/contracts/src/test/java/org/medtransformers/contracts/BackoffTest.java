package org.medtransformers.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void pausesDoubleUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1));
    assertEquals(
        List.of(250L, 500L, 1000L, 1000L),
        IntStream.rangeClosed(1, 4).mapToObj(n -> backoff.after(n).toMillis()).toList());
    assertEquals(Duration.ofSeconds(1), backoff.after(Integer.MAX_VALUE));
  }

  @Test
  void noPauseIsLongerThanTheLongestNotEvenTheFirst() {
    Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofSeconds(10));
    assertEquals(Duration.ofSeconds(10), backoff.after(1));
  }
}
