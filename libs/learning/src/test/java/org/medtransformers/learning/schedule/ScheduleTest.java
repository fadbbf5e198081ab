package org.medtransformers.learning.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.optimizer.Optimizer;

/** What a schedule refuses; its numbers are checked against the reference's. */
class ScheduleTest {
  @Test
  void plateausReduceAsPyTorchs() {
    Optimizer optimizer = new Optimizer.Sgd(0.1, 0, 0, 0, false);
    for (JsonNode golden : Golden.pyTorch("plateaus.json")) {
      Map<SchedulerType, JsonNode> params =
          Map.of(SchedulerType.REDUCE_ON_PLATEAU, golden.get("params"));
      RunConfig.Scheduler config =
          new RunConfig.Scheduler(List.of(SchedulerType.REDUCE_ON_PLATEAU), params);
      Schedule schedule = Schedule.of(config, optimizer, 1, golden.get("values").size());
      Position position = schedule.start();
      for (int i = 0; i < golden.get("values").size(); i++) {
        double value = golden.get("values").get(i).asDouble();
        position = schedule.next(position, new Validation(value, value));
        assertEquals(
            golden.get("expected").get(i).asDouble(),
            position.lr(),
            1e-12,
            golden.get("params") + " after " + (i + 1));
      }
    }
  }

  @Test
  void cosineBeforeWarmupIsRefused() {
    RunConfig.Scheduler config =
        new RunConfig.Scheduler(
            List.of(SchedulerType.COSINE_ANNEALING, SchedulerType.LINEAR_WARMUP), Map.of());
    assertThrows(
        MedtransException.class,
        () -> Schedule.of(config, new Optimizer.Sgd(1, 0, 0, 0, false), 7, 4));
  }

  @Test
  void aCycleThatRisesInNoTimeIsRefused() {
    RunConfig.Scheduler config =
        new RunConfig.Scheduler(
            List.of(SchedulerType.ONE_CYCLE),
            Map.of(SchedulerType.ONE_CYCLE, Json.parse("{\"pct_start\": 0.1}")));
    Optimizer optimizer = new Optimizer.Sgd(1, 0, 0, 0, false);
    MedtransException e =
        assertThrows(MedtransException.class, () -> Schedule.of(config, optimizer, 5, 2));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    assertTrue(e.getMessage().contains("OneCycleLR.pct_start"), e.getMessage());
  }
}
