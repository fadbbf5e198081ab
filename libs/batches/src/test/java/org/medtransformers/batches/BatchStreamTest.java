package org.medtransformers.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.tensor.Tensor;

class BatchStreamTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long BATCH_BYTES = 4 * 8 + 2 * 4 + 2 * 8;

  @Test
  void fewerLargeBatchesAreFetchedAhead() {
    assertEquals(4, settings(4 * BATCH_BYTES).ahead(BATCH_BYTES));
    assertEquals(3, settings(4 * BATCH_BYTES - 1).ahead(BATCH_BYTES));
    assertEquals(4, settings(1000 * BATCH_BYTES).ahead(BATCH_BYTES));
    assertEquals(1, settings(0).ahead(BATCH_BYTES));
  }

  @Test
  void noMoreIsAskedForThanTheBytesAllow() throws InterruptedException {
    AtomicLong last = new AtomicLong(-1);
    BatchStream.Source source =
        position -> {
          last.accumulateAndGet(position, Math::max);
          return batch();
        };
    try (BatchStream stream = new BatchStream(source, settings(2 * BATCH_BYTES), 0, 200)) {
      for (int used = 0; stream.hasNext(); used++) {
        int allowed = used == 0 ? 1 : used + 2;
        assertTrue(last.get() < allowed, last + " was asked for when " + used + " were used");
        assertTrue(stream.poll(LONG).isPresent());
      }
    }
    assertEquals(199, last.get());
  }

  private static BatchSettings settings(long prefetchBytes) {
    return new BatchSettings(
        List.of(URI.create("http://127.0.0.1")), 4, prefetchBytes, LONG, LONG, 1 << 20);
  }

  /** Two images of 2 × 2 pixels. */
  private static Batch batch() {
    return new Batch(
        List.of(Tensor.ofFloats(new float[8], 2, 1, 2, 2)),
        Tensor.ofFloats(new float[2], 2, 1),
        Tensor.ofLongs(new long[2], 2));
  }
}
