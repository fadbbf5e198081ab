package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.service.liveness.Heartbeat;
import org.medtransformers.service.liveness.Heartbeats;

/** Three threads that claim while the database hangs, and a clock of a test's own. */
class ClaimTurnsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final AtomicLong clock = new AtomicLong();
  private final Heartbeats hearts = new Heartbeats(LIMIT, clock::get);
  private final ClaimTurns turns = new ClaimTurns();
  private final Semaphore answers = new Semaphore(0);
  private final Semaphore asked = new Semaphore(0);
  private final List<Thread> started = new ArrayList<>();

  @BeforeEach
  void claim() {
    IntStream.rangeClosed(1, 3).mapToObj(i -> "job-" + i).forEach(this::claim);
    await().until(() -> asked.tryAcquire());
  }

  private void claim(String name) {
    Thread thread =
        new Thread(
            () -> {
              try (Heartbeat heart = hearts.start(name)) {
                turns.take(
                    heart,
                    () -> {
                      asked.release();
                      answers.acquireUninterruptibly();
                      return name;
                    });
              }
            });
    started.add(thread);
    thread.start();
    // One after the other, so that it is known who claims and who waits.
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  @AfterEach
  void end() throws InterruptedException {
    answers.release(3);
    for (Thread thread : started) {
      thread.join();
    }
  }

  @Test
  void whoWaitsForItsTurnIsNotTakenForDeadThoughEachClaimTakesLong() throws InterruptedException {
    for (int turn = 1; turn < 3; turn++) {
      clock.addAndGet(LIMIT.toNanos());
      assertEquals(Map.of(), hearts.stopped());
      answers.release();
      asked.acquire();
      // Its heart is still there for a moment.
      started.get(turn - 1).join();
    }
    clock.addAndGet(LIMIT.toNanos());
    assertEquals(Map.of(), hearts.stopped());
  }

  @Test
  void whoClaimsForEverIsTakenForDeadThoughOthersWaitForIt() {
    clock.addAndGet(LIMIT.toNanos() + 1);
    assertEquals(Set.of("job-1"), hearts.stopped().keySet());
  }
}
