package org.medtransformers.experiment;

import static org.medtransformers.contracts.config.SchedulerType.COSINE_ANNEALING;
import static org.medtransformers.contracts.config.SchedulerType.LINEAR_WARMUP;
import static org.medtransformers.contracts.config.SchedulerType.MULTI_STEP;
import static org.medtransformers.contracts.config.SchedulerType.ONE_CYCLE;
import static org.medtransformers.contracts.config.SchedulerType.REDUCE_ON_PLATEAU;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;

/**
 * Rules between the keys that say how a run learns: what cannot be is refused; a notice is given
 * where the reference's schedules do what nobody would expect.
 */
final class OptimizationChecks {
  private static final String ROOT = "optimization_params.default.";
  private static final String TYPE = ROOT + "scheduler.type";
  private static final String PARAMS = ROOT + "scheduler.params.";

  /** Iterations of a warm-up up to which one increment too many is 20 % or more. */
  private static final int SHORT_WARMUP = 5;

  private final RunConfig run;
  private final RunConfig.Optimizer optimizer;
  private final RunConfig.Scheduler scheduler;
  private final Findings findings;

  private OptimizationChecks(RunConfig run, Findings findings) {
    this.run = run;
    this.optimizer = run.optimization().main().optimizer();
    this.scheduler = run.optimization().main().scheduler();
    this.findings = findings;
  }

  /** Reports every broken rule of {@code run}. */
  static void check(RunConfig run, Findings findings) {
    OptimizationChecks checks = new OptimizationChecks(run, findings);
    checks.nesterov();
    checks.lars();
    checks.schedulerTypes();
    checks.warmup();
    checks.oneCycle();
    checks.plateau();
    checks.layerDecay();
    checks.patience();
  }

  private void nesterov() {
    JsonNode params = optimizer.params();
    boolean plain =
        params.path("momentum").asDouble() > 0 && params.path("dampening").asDouble() == 0;
    if (params.path("nesterov").asBoolean() && !plain) {
      findings.invalid(
          ROOT + "optimizer.params.nesterov",
          "found true, allowed only with a momentum above 0 and no dampening");
    }
  }

  private void lars() {
    RunConfig.Lars lars = run.optimization().main().lars();
    if (!lars.use()) {
      return;
    }
    int batch = run.effectiveBatch();
    if (batch < lars.batchActThresh()) {
      findings.notice(
          ROOT + "LARS_params.use",
          "does nothing: an update sees %d images, batch_act_thresh is %d"
              .formatted(batch, lars.batchActThresh()));
    } else if (optimizer.type() != OptimizerType.SGD) {
      findings.notice(
          ROOT + "LARS_params.use",
          optimizer.type() + " divides a gradient by its own size, which undoes most of LARS");
    }
  }

  private void schedulerTypes() {
    List<SchedulerType> types = scheduler.type();
    if (types.stream().distinct().count() < types.size()) {
      findings.invalid(TYPE, "found " + types + ", allowed: each scheduler once");
    }
    for (SchedulerType type : List.of(COSINE_ANNEALING, REDUCE_ON_PLATEAU, MULTI_STEP, ONE_CYCLE)) {
      if (types.contains(type) && !scheduler.params().containsKey(type)) {
        findings.invalid(
            ROOT + "scheduler.params", type + " is in type but has no parameters here");
      }
    }
    int cosine = types.indexOf(COSINE_ANNEALING);
    if (cosine >= 0 && types.indexOf(LINEAR_WARMUP) > cosine) {
      findings.invalid(TYPE, "found " + types + ", allowed: LinearWarmup first");
    }
  }

  private void warmup() {
    JsonNode params = params(LINEAR_WARMUP);
    int iterations = Math.max(1, params.path("warmup_iters").asInt());
    if (scheduler.type().contains(LINEAR_WARMUP)
        && params.path("warmup_epochs").asInt() == 0
        && iterations <= SHORT_WARMUP) {
      findings.notice(
          PARAMS + "LinearWarmup.warmup_iters",
          ("the warm-up adds its increment once more than it has iterations, as the reference's:"
                  + " the learning rate ends at %s %% of lr")
              .formatted(100 + 100 / iterations));
    }
  }

  private void oneCycle() {
    if (!scheduler.type().contains(ONE_CYCLE)) {
      return;
    }
    if (optimizer.type() == OptimizerType.ADAGRAD) {
      findings.invalid(
          TYPE,
          "found OneCycleLR with Adagrad, allowed: an optimizer with a momentum or betas to cycle");
    }
    for (SchedulerType other : scheduler.type()) {
      if (other != ONE_CYCLE) {
        findings.notice(
            TYPE,
            "OneCycleLR sets the learning rate anew at every iteration: "
                + other
                + " has no effect"
                + (other == LINEAR_WARMUP ? " but that the cycle begins at its top" : ""));
      }
    }
    double finalFactor = params(ONE_CYCLE).path("final_div_factor").asDouble(1);
    if (finalFactor < 1) {
      findings.notice(
          PARAMS + "OneCycleLR.final_div_factor",
          "found %s: the learning rate ends at %s times its first value"
              .formatted(finalFactor, 1 / finalFactor));
    }
  }

  private void plateau() {
    double validateEvery = run.training().valEvery();
    if (scheduler.type().contains(REDUCE_ON_PLATEAU) && validateEvery > 1) {
      findings.notice(
          PARAMS + "ReduceLROnPlateau.patience",
          "it looks once per epoch, and training_params.val_every is %s: looks between validations"
                  .formatted(validateEvery)
              + " count as no improvement");
    }
  }

  private void layerDecay() {
    if (run.medtrans().layerDecay() != 1 && run.model().freezeBackbone()) {
      findings.notice(
          "medtrans.layer_decay", "does nothing: with freeze_backbone only the head learns");
    }
  }

  private void patience() {
    if (run.medtrans().earlyStopPatience() != null
        && Double.isInfinite(run.training().valEvery())) {
      findings.invalid(
          "medtrans.early_stop_patience",
          "found %d, allowed only where training_params.val_every is not Infinity"
              .formatted(run.medtrans().earlyStopPatience()));
    }
  }

  private JsonNode params(SchedulerType type) {
    return scheduler.params().getOrDefault(type, MissingNode.getInstance());
  }
}
