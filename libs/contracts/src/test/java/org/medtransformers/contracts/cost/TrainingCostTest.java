package org.medtransformers.contracts.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;

class TrainingCostTest {
  private static final Machine HERE = new Machine("A", 2, 2, 16L, null, null);
  private static final Machine THERE = new Machine("A", 2, 1, 16L, null, null);

  private static TrainingCost cost(Machine machine, int iterations, Resources resources) {
    return new TrainingCost(
        machine,
        1,
        iterations,
        10,
        5.0 * iterations,
        new Pace(4L * iterations, iterations, 2.0 * iterations, iterations),
        resources);
  }

  @Test
  void attemptsOfOneMachineAreAddedUpAndThoseOfAnotherAreNot() {
    List<TrainingCost> costs =
        TrainingCost.byMachine(
            List.of(
                cost(HERE, 3, new Resources(70L, null, 1.0, null)),
                cost(THERE, 5, Resources.UNKNOWN),
                cost(HERE, 4, new Resources(60L, null, 2.0, null))));
    assertEquals(
        List.of(
            new TrainingCost(
                HERE, 2, 7, 10, 35, new Pace(28, 7, 14, 7), new Resources(70L, null, 3.0, null)),
            cost(THERE, 5, Resources.UNKNOWN)),
        costs);
    assertEquals(20, costs.get(0).secondsPerEpoch());
    assertEquals(4, costs.get(0).pace().imagesPerSecond());
  }

  @Test
  void whatOneAttemptDoesNotKnowNobodyKnows() {
    List<TrainingCost> costs =
        TrainingCost.byMachine(
            List.of(
                cost(HERE, 3, new Resources(70L, 9L, 1.0, 8.0)),
                cost(HERE, 3, new Resources(60L, null, null, 2.0))));
    assertEquals(new Resources(70L, null, null, 10.0), costs.get(0).resources());
  }

  @Test
  void whatIsComputedIsWrittenAndNeedNotBeRead() {
    TrainingCost cost = cost(HERE, 3, Resources.UNKNOWN);
    String text = Json.write(cost);
    assertTrue(text.contains("\"secondsPerEpoch\":20.0"), text);
    assertTrue(text.contains("\"imagesPerSecond\":4.0"), text);
    assertEquals(cost, Json.read(text, TrainingCost.class));
  }
}
