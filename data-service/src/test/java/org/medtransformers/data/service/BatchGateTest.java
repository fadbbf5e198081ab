package org.medtransformers.data.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.batch.Bounds;

class BatchGateTest {
  private static final String READER = "10.0.0.1";
  private static final Safetensors SMALL = batch(100);
  private static final Safetensors LARGE = batch(19_000);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicLong nanos = new AtomicLong();
  private final BatchGate gate =
      new BatchGate(2, 1, 40_000, new Deliveries(Deliveries.PIECE / 4, nanos::get));

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
    sent("one", 5_000);
    Delivery other = sent("other", 5_000);
    assertEquals(SMALL, pass("small", SMALL));
    Delivery last = sent("last", 1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    last.ended();
    other.taken(5_000);
    assertEquals(SMALL, pass("small", SMALL));
  }

  @Test
  void oneReaderHasHalfOfThatRoomAndOthersTheRest() {
    Delivery delivery = sent(READER, 5_000);
    assertEquals(SMALL, pass("small", SMALL));
    sent(READER, 1);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    assertEquals(SMALL, gate.pass("other", "small", () -> false, bounds -> SMALL));
    delivery.taken(1);
    assertEquals(SMALL, pass("small", SMALL));
  }

  /** Four seconds for a piece. */
  @Test
  void whoReadsSlowerThanTheLeastRateLosesItsPlaceWhenOthersNeedIt() {
    List<String> cut = new ArrayList<>();
    gate.sent("slow", 4_000, () -> cut.add("slow"));
    Delivery steady = gate.sent("steady", 7_000, () -> cut.add("steady"));
    nanos.addAndGet(3_000_000_000L);
    steady.taken(100);
    nanos.addAndGet(1_000_000_000L);
    assertEquals(ErrorCode.UNAVAILABLE, refused());
    assertEquals(List.of(), cut, "both may take four seconds");
    nanos.addAndGet(1);
    assertEquals(SMALL, pass("small", SMALL));
    assertEquals(List.of("slow"), cut);
  }

  @Test
  void whoIsSlowKeepsItsPlaceWhileNobodyNeedsIt() {
    List<String> cut = new ArrayList<>();
    gate.sent("slow", 4_000, () -> cut.add("slow"));
    nanos.addAndGet(1_000_000_000_000L);
    assertEquals(SMALL, pass("small", SMALL));
    assertEquals(List.of(), cut);
  }

  /** Two are made and two may wait, of which one reader has three. */
  @Test
  void oneReaderDoesNotTakeAllTurns() throws Exception {
    BatchGate wide =
        new BatchGate(2, 2, 40_000, new Deliveries(Deliveries.PIECE, System::nanoTime));
    wide.pass("any", "small", () -> false, bounds -> SMALL);
    for (int i = 0; i < 3; i++) {
      var unused = callers.submit(() -> wide.pass(READER, "small", () -> false, this::atTheEnd));
    }
    await().until(() -> wide.waiting() == 1);
    assertThrows(
        MedtransException.class, () -> wide.pass(READER, "small", () -> false, bounds -> SMALL));
    Future<Safetensors> other =
        callers.submit(() -> wide.pass("other", "small", () -> false, bounds -> SMALL));
    await().until(() -> wide.waiting() == 2);
    end.countDown();
    assertEquals(SMALL, other.get());
  }

  private Safetensors atTheEnd(Bounds bounds) {
    await().until(() -> end.getCount() == 0);
    return SMALL;
  }

  private Delivery sent(String reader, long bytes) {
    return gate.sent(reader, bytes, () -> {});
  }

  @Test
  void oneBatchMayTakeAQuarterOfTheHeap() {
    gate.pass(
        READER,
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
                    READER,
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
    return gate.pass(READER, loader, () -> false, bounds -> batch);
  }

  private ErrorCode refused() {
    MedtransException e = assertThrows(MedtransException.class, () -> pass("small", SMALL));
    assertTrue(e.retriable());
    return e.code();
  }
}
