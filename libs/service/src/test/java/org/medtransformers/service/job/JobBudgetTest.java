package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JobBudgetTest {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private long now = 42;

  private JobBudget budget(OptionalInt limit) {
    return new JobBudget(limit, IDLE, () -> now);
  }

  @Test
  void withoutALimitThereIsNoEnd() {
    JobBudget budget = budget(OptionalInt.empty());
    for (int i = 0; i < 100; i++) {
      assertTrue(budget.take());
      budget.giveBack();
      now += IDLE.toNanos();
    }
    assertFalse(budget.limited());
  }

  @Test
  void asManyJobsAreTakenAsTheLimitSays() {
    JobBudget budget = budget(OptionalInt.of(2));
    int taken = 0;
    while (budget.take()) {
      budget.used();
      taken++;
    }
    assertEquals(2, taken);
  }

  @Test
  void whatWasNotFoundDoesNotCount() {
    JobBudget budget = budget(OptionalInt.of(1));
    assertTrue(budget.take());
    assertFalse(budget.take());
    budget.giveBack();
    assertTrue(budget.take());
  }

  @Test
  void waitingInVainEndsItAfterTheIdleTime() {
    JobBudget budget = budget(OptionalInt.of(2));
    now += 5 * IDLE.toNanos(); // before the first look, as while libtorch is loaded
    budget.take();
    budget.giveBack();
    now += IDLE.toNanos() - 1;
    assertTrue(budget.take());
    budget.giveBack();
    now++;
    assertFalse(budget.take());
  }

  @Test
  void aJobInBetweenBeginsTheIdleTimeAnew() {
    JobBudget budget = budget(OptionalInt.of(2));
    budget.take();
    budget.giveBack();
    now += IDLE.toNanos() - 1;
    assertTrue(budget.take());
    budget.used();
    now += 2;
    assertTrue(budget.take());
  }
}
