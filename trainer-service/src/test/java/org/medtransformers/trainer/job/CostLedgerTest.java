package org.medtransformers.trainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.Pace;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.learning.cost.ResourceMeter;
import org.medtransformers.learning.engine.TorchDevice;

class CostLedgerTest {
  private static final Machine HERE = new Machine("A", 2, 2, 16L, null, null);
  private static final Machine THERE = new Machine("B", 2, 2, 16L, null, null);

  @TempDir private Path run;
  private long now = Long.MAX_VALUE; // it overflows

  private CostLedger attempt(int number, Machine machine) {
    return new CostLedger(
        run, number, machine, 10, ResourceMeter.start(TorchDevice.CPU), () -> now);
  }

  /** Each takes two seconds, of which one is spent waiting. */
  private void learn(CostLedger ledger, int iterations) {
    for (int i = 0; i < iterations; i++) {
      now += Duration.ofSeconds(2).toNanos();
      ledger.add(4, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  private static TrainingCost only(List<TrainingCost> costs) {
    assertEquals(1, costs.size(), costs::toString);
    return costs.get(0);
  }

  @Test
  void workThatIsDoneAgainCounts() {
    try (CostLedger first = attempt(1, HERE)) {
      learn(first, 7);
    }
    now += Duration.ofSeconds(1000).toNanos();
    try (CostLedger second = attempt(2, HERE)) {
      learn(second, 5);
      now += Duration.ofSeconds(3).toNanos();
      TrainingCost cost = only(second.all());
      assertEquals(2, cost.attempts());
      assertEquals(12, cost.iterations());
      assertEquals(14 + 10 + 3, cost.seconds(), "and nothing in between");
      assertEquals(new Pace(24, 6, 12, 6), cost.pace(), "without three to warm up in each");
      assertEquals(20, cost.secondsPerEpoch());
      assertNotNull(cost.resources().peakMemory());
    }
  }

  @Test
  void anAttemptThatIsKilledIsKnownButForItsLastSeconds() {
    try (CostLedger killed = attempt(1, HERE)) {
      learn(killed, 8);
      try (CostLedger second = attempt(2, HERE)) {
        TrainingCost cost = only(second.all());
        assertEquals(5, cost.iterations(), "as it was noted after ten seconds");
        assertEquals(10, cost.seconds());
      }
    }
  }

  @Test
  void machinesAreToldApart() {
    try (CostLedger first = attempt(1, HERE);
        CostLedger second = attempt(2, THERE)) {
      learn(first, 5);
      learn(second, 5);
      assertEquals(List.of(HERE, THERE), second.all().stream().map(TrainingCost::machine).toList());
    }
  }

  @Test
  void whereAnEarlierAttemptIsNotKnownTheWholeIsNot() throws IOException {
    attempt(1, HERE).close();
    Files.writeString(run.resolve("costs/1.json"), "{");
    try (CostLedger second = attempt(2, HERE)) {
      learn(second, 5);
      assertEquals(List.of(), second.all());
    }
  }
}
