package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class DecodeBudgetTest {
  private static final long ALL = 1 << 20;

  private final DecodeBudget budget = new DecodeBudget(ALL);

  @Test
  void largestImageWaitsUntilItIsAlone() throws InterruptedException {
    CountDownLatch largeIsIn = new CountDownLatch(1);
    Thread large;
    try (DecodeBudget.Share small = budget.take(4096, "small")) {
      large =
          new Thread(
              () -> {
                try (DecodeBudget.Share share = budget.take(ALL, "large")) {
                  largeIsIn.countDown();
                }
              });
      large.start();
      assertFalse(largeIsIn.await(100, TimeUnit.MILLISECONDS));
    }
    assertTrue(largeIsIn.await(10, TimeUnit.SECONDS));
    large.join();
  }

  @Test
  void whatIsMoreThanTheWholeBudgetIsRefusedByNameAndTakesNothing() {
    MedtransException e =
        assertThrows(MedtransException.class, () -> budget.take(ALL + 1, "huge.png"));
    assertEquals(ErrorCode.IMAGE_TOO_LARGE, e.code());
    assertEquals(
        "image huge.png takes 1048577 bytes of memory to decode, allowed are 1048576, half of this"
            + " process's: give it more by -Xmx, the local stack's by MEDTRANS_DATA_SERVICE_HEAP",
        e.getMessage());
    budget.take(ALL, "large").close();
  }

  @Test
  void aShareGrowsIntoWhatIsLeftAndNoFurther() {
    try (DecodeBudget.Share first = budget.take(ALL / 2, "first");
        DecodeBudget.Share second = budget.take(ALL / 4, "second")) {
      assertFalse(first.growTo(ALL));
      assertTrue(first.growTo(3 * ALL / 4));
      assertFalse(second.growTo(ALL / 2));
    }
    budget.take(ALL, "large").close();
  }
}
