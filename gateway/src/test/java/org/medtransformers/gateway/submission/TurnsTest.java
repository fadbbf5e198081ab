package org.medtransformers.gateway.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class TurnsTest {
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch done = new CountDownLatch(1);

  @AfterEach
  void stop() {
    done.countDown();
    clients.shutdown();
  }

  @Test
  void oneDocumentAtATimeIsWorkedOn() throws InterruptedException, ExecutionException {
    Turns turns = new Turns(Duration.ofMinutes(1));
    AtomicInteger inside = new AtomicInteger();
    List<Future<Integer>> found = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      found.add(clients.submit(() -> turns.ofRequest(() -> enterAndLeave(inside))));
    }
    for (Future<Integer> most : found) {
      assertEquals(1, most.get());
    }
  }

  private static int enterAndLeave(AtomicInteger inside) {
    int found = inside.incrementAndGet();
    LockSupport.parkNanos(1_000_000);
    inside.decrementAndGet();
    return found;
  }

  @Test
  void whoeverWaitsForTooLongIsToldToTryAgain() throws InterruptedException {
    Turns turns = new Turns(Duration.ofMillis(1));
    occupy(turns);
    assertEquals(ErrorCode.UNAVAILABLE, refusal(turns).code());
  }

  @Test
  void ofThoseWhoWaitThereAreAtMostSixteen() throws InterruptedException {
    Turns turns = new Turns(Duration.ofMinutes(1));
    occupy(turns);
    AtomicInteger waiting = new AtomicInteger();
    for (int i = 0; i < 16; i++) {
      clients.execute(() -> turns.ofRequest(waiting::incrementAndGet));
    }
    while (turns.waiting() < 16) {
      Thread.onSpinWait();
    }
    assertEquals(ErrorCode.UNAVAILABLE, refusal(turns).code());
    assertEquals(0, waiting.get());
  }

  @Test
  void afterAFailureTheNextHasItsTurn() {
    Turns turns = new Turns(Duration.ZERO);
    assertThrows(
        IllegalStateException.class,
        () ->
            turns.ofRequest(
                () -> {
                  throw new IllegalStateException("as a document may");
                }));
    assertEquals("its turn", turns.ofRequest(() -> "its turn"));
    assertEquals("an event's", turns.ofEvent(() -> "an event's"));
  }

  /** Has a document worked on until the test is over. */
  private void occupy(Turns turns) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    clients.execute(
        () ->
            turns.ofRequest(
                () -> {
                  begun.countDown();
                  try {
                    done.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return "";
                }));
    begun.await();
  }

  private static MedtransException refusal(Turns turns) {
    return assertThrows(MedtransException.class, () -> turns.ofRequest(() -> ""));
  }
}
