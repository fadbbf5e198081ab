package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecodeBudgetTest {

  @Test
  void largestImageWaitsUntilItIsAlone() throws InterruptedException {
    DecodeBudget budget = new DecodeBudget(1 << 20);
    CountDownLatch largeIsIn = new CountDownLatch(1);
    Thread large;
    try (DecodeBudget.Share small = budget.take(4096)) {
      large =
          new Thread(
              () -> {
                try (DecodeBudget.Share share = budget.take(1L << 40)) {
                  largeIsIn.countDown();
                }
              });
      large.start();
      assertFalse(largeIsIn.await(100, TimeUnit.MILLISECONDS));
    }
    assertTrue(largeIsIn.await(10, TimeUnit.SECONDS));
    large.join();
  }
}
