package org.medtransformers.service.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private long now = Long.MAX_VALUE - 1; // it may overflow
  private final Heartbeats hearts = new Heartbeats(LIMIT, () -> now);
  private final ThreadLiveness liveness = new ThreadLiveness(hearts);

  @Test
  void aThreadIsDeadOnceItIsSilentForLongerThanTheLimit() {
    Heartbeat heart = hearts.start("relay");
    pass(LIMIT);
    assertEquals(Status.UP, liveness.call().getStatus());
    pass(Duration.ofNanos(1));
    assertEquals(Status.DOWN, liveness.call().getStatus());
    assertEquals("silent for 180 s", liveness.call().getData().orElseThrow().get("relay"));
    heart.beat();
    assertEquals(Status.UP, liveness.call().getStatus());
  }

  @Test
  void oneThatRestsMayBeSilentUntilItBeatsAgain() {
    Heartbeat heart = hearts.start("job-1");
    heart.rest();
    pass(Duration.ofDays(3));
    assertEquals(Map.of(), hearts.stopped());
    heart.beat();
    assertEquals(Map.of(), hearts.stopped());
    pass(LIMIT.plusSeconds(1));
    assertEquals(Map.of("job-1", LIMIT.plusSeconds(1)), hearts.stopped());
  }

  @Test
  void oneThatIsClosedIsForgottenAndAnotherOfItsNameIsNot() {
    Heartbeat first = hearts.start("training.events-0@7");
    hearts.start("training.events-0@7");
    first.close();
    pass(LIMIT.plusSeconds(1));
    assertEquals(1, hearts.stopped().size());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
