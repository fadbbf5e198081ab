package org.medtransformers.learning.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.optimizer.Optimizer;

/** Learning rates follow the reference, iteration by iteration. */
class GoldenScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cosine",
        "multistep",
        "none",
        "onecycle",
        "onecycle_cos_default_final",
        "plateau_max_p0_10ep",
        "plateau_max_p2",
        "plateau_min_p1_10ep",
        "warmup1ep_multistep",
        "warmup5_cosine",
        "warmup5_onecycle",
        "warmup_zero",
      })
  void learningRateFollowsTheReference(String name) {
    JsonNode golden = Golden.read("schedules/" + name + ".json");
    JsonNode config = golden.get("config");
    JsonNode expected = golden.get("expected");
    Schedule schedule = schedule(config);
    Position position = schedule.start();
    assertClose(golden, expected.get("lr_initial").asDouble(), position.lr(), "first");
    int stepsPerEpoch = config.get("steps_per_epoch").asInt();
    Validation seen = Validation.NONE;
    for (int i = 1; i <= expected.get("lr_after_iteration").size(); i++) {
      position = schedule.next(position, seen);
      assertClose(
          golden,
          expected.get("lr_after_iteration").get(i - 1).asDouble(),
          position.lr(),
          "lr after " + i);
      if (expected.has("momentum_or_beta1_after_iteration")) {
        assertClose(
            golden,
            expected.get("momentum_or_beta1_after_iteration").get(i - 1).asDouble(),
            position.momentum(),
            "momentum after " + i);
      }
      if (config.has("val") && i % stepsPerEpoch == 0) {
        JsonNode val = config.get("val").get(i / stepsPerEpoch - 1);
        seen = new Validation(val.get(0).asDouble(), val.get(1).asDouble());
      }
    }
  }

  @Test
  void plateausReduceAsPyTorchs() {
    Optimizer optimizer = new Optimizer.Sgd(0.1, 0, 0, 0, false);
    for (JsonNode golden : Golden.pyTorch("plateaus.json")) {
      Map<String, JsonNode> params = Map.of("ReduceLROnPlateau", golden.get("params"));
      RunConfig.Scheduler config = new RunConfig.Scheduler(List.of("ReduceLROnPlateau"), params);
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
        new RunConfig.Scheduler(List.of("CosineAnnealingLR", "LinearWarmup"), Map.of());
    assertThrows(
        MedtransException.class,
        () -> Schedule.of(config, new Optimizer.Sgd(1, 0, 0, 0, false), 7, 4));
  }

  @Test
  void aCycleThatRisesInNoTimeIsRefused() {
    RunConfig.Scheduler config =
        new RunConfig.Scheduler(
            List.of("OneCycleLR"), Map.of("OneCycleLR", Json.parse("{\"pct_start\": 0.1}")));
    Optimizer optimizer = new Optimizer.Sgd(1, 0, 0, 0, false);
    MedtransException e =
        assertThrows(MedtransException.class, () -> Schedule.of(config, optimizer, 5, 2));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    assertTrue(e.getMessage().contains("OneCycleLR.pct_start"), e.getMessage());
  }

  private static Schedule schedule(JsonNode config) {
    List<String> types = new ArrayList<>();
    if (config.get("type").isArray()) {
      config.get("type").forEach(t -> types.add(t.isNull() ? "" : t.asText()));
      types.remove("");
    } else {
      types.add(config.get("type").asText());
    }
    Map<String, JsonNode> params = new HashMap<>();
    config.get("params").properties().forEach(p -> params.put(p.getKey(), p.getValue()));
    JsonNode optimizer = config.get("optimizer");
    return Schedule.of(
        new RunConfig.Scheduler(types, params),
        Optimizer.of(new RunConfig.Optimizer(optimizer.get("type").asText(), false, optimizer)),
        config.get("steps_per_epoch").asInt(),
        config.get("epochs").asInt());
  }

  private static void assertClose(JsonNode golden, double expected, double found, String what) {
    JsonNode tolerance = golden.get("tolerance");
    double allowed =
        tolerance.get("atol").asDouble() + tolerance.get("rtol").asDouble() * Math.abs(expected);
    assertEquals(expected, found, allowed, what);
  }
}
