package org.medtransformers.data.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

class BatchGateTest {
  private static final Safetensors SMALL = batch(100);
  private static final Safetensors LARGE = batch(19_000);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final BatchGate gate = new BatchGate(2, 1, 40_000);

  private static Safetensors batch(int bytes) {
    return new Safetensors(Map.of("view.0", Tensor.ofBytes(new byte[bytes], bytes)));
  }

  @AfterEach
  void stop() {
    end.countDown();
    callers.shutdownNow();
  }

  @Test
  void twoSmallBatchesAreMadeAtATimeOneRequestWaitsAndFurtherOnesAreRefused() throws Exception {
    pass("small", SMALL);
    Future<Safetensors> first = slow("small", SMALL);
    Future<Safetensors> second = slow("small", SMALL);
    Future<Safetensors> third = callers.submit(() -> pass("small", SMALL));
    await().until(() -> gate.waiting() == 1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    assertFalse(first.isDone() || second.isDone() || third.isDone());
    end.countDown();
    assertEquals(SMALL, third.get());
    assertEquals(SMALL, pass("small", SMALL));
  }

  @Test
  void aBatchOfHalfTheMemoryOrOfUnknownSizeIsMadeAlone() throws Exception {
    pass("large", LARGE);
    Future<Safetensors> first = slow("large", LARGE);
    Future<Safetensors> second = callers.submit(() -> pass("large", LARGE));
    await().until(() -> gate.waiting() == 1);
    end.countDown();
    assertEquals(LARGE, first.get());
    assertEquals(LARGE, second.get());
  }

  @Test
  void noneIsBegunWhileReadersHaveAQuarterOfTheHeapToTake() {
    gate.sent(10_000);
    assertEquals(SMALL, pass("small", SMALL));
    gate.sent(1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    gate.taken(10_000);
    assertEquals(SMALL, pass("small", SMALL));
  }

  @Test
  void oneBatchMayTakeAQuarterOfTheHeap() {
    gate.pass(
        "any",
        () -> false,
        bounds -> {
          assertEquals(10_000, bounds.bytes());
          return SMALL;
        });
  }

  /** Begins to make a batch, which is done at the test's end. */
  private Future<Safetensors> slow(String loader, Safetensors batch) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Safetensors> making =
        callers.submit(
            () ->
                gate.pass(
                    loader,
                    () -> false,
                    bounds -> {
                      begun.countDown();
                      await().until(() -> end.getCount() == 0);
                      return batch;
                    }));
    begun.await();
    return making;
  }

  private Safetensors pass(String loader, Safetensors batch) {
    return gate.pass(loader, () -> false, bounds -> batch);
  }

  private ErrorCode refused() {
    MedtransException e = assertThrows(MedtransException.class, () -> pass("small", SMALL));
    assertTrue(e.retriable());
    return e.code();
  }
}
