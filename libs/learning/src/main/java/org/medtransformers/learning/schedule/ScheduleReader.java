package org.medtransformers.learning.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Makes the schedulers of a run file, with PyTorch's names and defaults. */
final class ScheduleReader {
  private final RunConfig.Scheduler config;
  private final double lr;
  private final int stepsPerEpoch;
  private final long total;
  private long warmup;

  ScheduleReader(RunConfig.Scheduler config, double lr, int stepsPerEpoch, int epochs) {
    this.config = config;
    this.lr = lr;
    this.stepsPerEpoch = stepsPerEpoch;
    this.total = (long) stepsPerEpoch * epochs;
  }

  /** The scheduler of {@code type}; to be called in the order of the run file. */
  Scheduler read(SchedulerType type) {
    JsonNode params = config.params().getOrDefault(type, MissingNode.getInstance());
    return switch (type) {
      case LINEAR_WARMUP -> linearWarmup(params);
      case COSINE_ANNEALING -> cosine(params);
      case MULTI_STEP ->
          new Scheduler.MultiStep(
              milestones(params), params.path("gamma").asDouble(0.1), stepsPerEpoch);
      case REDUCE_ON_PLATEAU -> plateau(params);
      case ONE_CYCLE -> oneCycle(params);
    };
  }

  private Scheduler linearWarmup(JsonNode params) {
    long epochs = params.path("warmup_epochs").asLong(0);
    long iterations = params.path("warmup_iters").asLong(0);
    warmup = Math.max(1, epochs > 0 ? epochs * stepsPerEpoch : iterations);
    return new Scheduler.LinearWarmup(lr, warmup);
  }

  private Scheduler cosine(JsonNode params) {
    if (warmup == 0 && config.type().contains(SchedulerType.LINEAR_WARMUP)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "scheduler.type: CosineAnnealingLR stands before LinearWarmup, it must come after");
    }
    // A warm-up that outlasts the training leaves no iteration to the cosine.
    long length = Math.max(1, total - warmup);
    return new Scheduler.Cosine(params.path("eta_min").asDouble(0), warmup, length);
  }

  private Scheduler plateau(JsonNode params) {
    return new Scheduler.ReduceOnPlateau(
        params.path("mode").asText("min").equals("max"),
        params.path("factor").asDouble(0.1),
        params.path("patience").asInt(10),
        params.path("threshold").asDouble(1e-4),
        params.path("threshold_mode").asText("rel").equals("abs"),
        params.path("cooldown").asInt(0),
        params.path("min_lr").asDouble(0),
        params.path("eps").asDouble(1e-8),
        stepsPerEpoch);
  }

  private Scheduler oneCycle(JsonNode params) {
    // The reference starts the cycle at 1e-8, or flat at the top if a warm-up is listed too.
    boolean warmsUp = config.type().contains(SchedulerType.LINEAR_WARMUP);
    double byDefault = warmsUp ? 1 : lr / Scheduler.LinearWarmup.FLOOR;
    double initial = lr / params.path("div_factor").asDouble(byDefault);
    double pctStart = params.path("pct_start").asDouble(0.3);
    double rise = pctStart * total - 1;
    if (rise == 0) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          ("scheduler.params.OneCycleLR.pct_start: %s of %d iterations is a single one, in which"
                  + " nothing can rise; allowed is any other share")
              .formatted(pctStart, total));
    }
    return new Scheduler.OneCycle(
        initial,
        lr,
        initial / params.path("final_div_factor").asDouble(1e4),
        params.path("base_momentum").asDouble(0.85),
        params.path("max_momentum").asDouble(0.95),
        rise,
        total - 1.0,
        params.path("anneal_strategy").asText("cos").equals("linear"));
  }

  private static List<Integer> milestones(JsonNode params) {
    List<Integer> milestones = new ArrayList<>();
    params.path("milestones").forEach(m -> milestones.add(m.asInt()));
    return milestones;
  }
}
