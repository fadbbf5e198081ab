package org.medtransformers.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicasTest {
  private static final URI A = URI.create("http://a");
  private static final URI B = URI.create("http://b");
  private final Exception refused = new IOException("connection refused");

  /** Near the end of its range, as a clock of nanoseconds may be. */
  private long now = Long.MAX_VALUE - 1000;

  private final Replicas replicas = new Replicas(List.of(A, B), () -> now);

  @Test
  void theyTakeTurns() {
    assertEquals(List.of(A, B, A, B), next(4));
  }

  @Test
  void oneThatFailedIsLeftOutForASecond() {
    replicas.failed(A, refused);
    replicas.failed(A, refused);
    assertEquals(List.of(B, B, B), next(3));
    pass(Duration.ofMillis(999));
    assertEquals(List.of(B, B), next(2));
    pass(Duration.ofMillis(1));
    assertTrue(next(2).contains(A));
  }

  @Test
  void aSingleRequestFindsOutWhetherItIsBack() {
    replicas.failed(A, refused);
    pass(Duration.ofSeconds(1));
    assertEquals(1, next(4).stream().filter(A::equals).count());
    pass(Duration.ofMillis(1999));
    assertFalse(next(4).contains(A));
    pass(Duration.ofMillis(1));
    assertEquals(1, next(4).stream().filter(A::equals).count());
    replicas.answered(A);
    assertEquals(2, next(4).stream().filter(A::equals).count());
  }

  @Test
  void oneThatStaysAwayIsAskedOnceAMinute() {
    replicas.failed(A, refused);
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMinutes(1));
      assertEquals(1, next(4).stream().filter(A::equals).count());
    }
  }

  @Test
  void whereAllHaveFailedTheFirstDueIsAsked() {
    replicas.failed(B, refused);
    pass(Duration.ofMillis(500));
    assertTrue(replicas.anyPresent());
    replicas.failed(A, refused);
    assertFalse(replicas.anyPresent());
    assertEquals(List.of(B, B), next(2));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private List<URI> next(int times) {
    return Stream.generate(replicas::next).limit(times).toList();
  }
}
