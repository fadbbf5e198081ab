package org.medtransformers.data.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.batch.Bounds;

class BatchGateTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch first = new CountDownLatch(1);
  private final BatchGate gate = new BatchGate(1, 1, 800);

  @AfterEach
  void stop() {
    first.countDown();
    callers.shutdownNow();
  }

  @Test
  void oneIsMadeOneWaitsAndFurtherOnesAreRefused() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<String> making = callers.submit(() -> gate.pass(() -> false, b -> slow(begun)));
    begun.await();
    Future<String> waiting = callers.submit(() -> pass());
    await().until(() -> gate.waiting() == 1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    assertTrue(!making.isDone() && !waiting.isDone());
    first.countDown();
    assertEquals("slow", making.get());
    assertEquals("made", waiting.get());
    assertEquals("made", pass());
  }

  private String slow(CountDownLatch begun) {
    begun.countDown();
    try {
      first.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "slow";
  }

  @Test
  void noneIsBegunWhileReadersHaveAQuarterOfTheHeapToTake() {
    gate.sent(200);
    assertEquals("made", pass());
    gate.sent(1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    gate.taken(200);
    assertEquals("made", pass());
  }

  @Test
  void thoseMadeTogetherMayTakeAQuarterOfTheHeap() {
    assertEquals(200, gate.pass(() -> false, Bounds::bytes));
    assertEquals(50, new BatchGate(4, 1, 800).pass(() -> false, Bounds::bytes));
  }

  private String pass() {
    return gate.pass(() -> false, bounds -> "made");
  }

  private ErrorCode refused() {
    MedtransException e = assertThrows(MedtransException.class, this::pass);
    assertTrue(e.retriable());
    return e.code();
  }
}
