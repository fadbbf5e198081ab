package org.medtransformers.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicasTest {
  private static final URI A = URI.create("http://a");
  private static final URI B = URI.create("http://b");
  private static final URI C = URI.create("http://c");
  private final Exception refused = new IOException("connection refused");

  /** Near the end of its range, as a clock of nanoseconds may be. */
  private long now = Long.MAX_VALUE - 1000;

  private List<URI> present = List.of(A, B);
  private final Replicas replicas =
      new Replicas(List.of(URI.create("http://data-service")), names -> present, () -> now);

  @Test
  void theyTakeTurns() {
    assertEquals(List.of(A, B, A, B), next(4));
  }

  @Test
  void oneThatFailedIsLeftOutForASecond() {
    next(1);
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
    next(1);
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
    next(1);
    replicas.failed(A, refused);
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMinutes(1));
      assertEquals(1, next(4).stream().filter(A::equals).count());
    }
  }

  @Test
  void whereAllHaveFailedTheFirstDueIsAsked() {
    next(1);
    replicas.failed(B, refused);
    pass(Duration.ofMillis(500));
    assertTrue(replicas.anyPresent());
    replicas.failed(A, refused);
    assertFalse(replicas.anyPresent());
    assertEquals(List.of(B, B), next(2));
  }

  @Test
  void onesThatCameAndWentAreFoundWithinSeconds() {
    next(1);
    present = List.of(B, C);
    assertFalse(next(4).contains(C));
    pass(Duration.ofSeconds(5));
    assertEquals(Set.of(B, C), Set.copyOf(next(4)));
    replicas.failed(A, refused);
    replicas.answered(A);
  }

  @Test
  void whatIsKnownOfOneThatStaysIsKept() {
    next(1);
    pass(Duration.ofMillis(4999));
    replicas.failed(B, refused);
    present = List.of(B, C);
    pass(Duration.ofMillis(1));
    assertEquals(List.of(C, C, C), next(3));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private List<URI> next(int times) {
    return Stream.generate(replicas::next).limit(times).toList();
  }
}
