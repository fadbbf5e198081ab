package org.medtransformers.gateway.proposal;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.ExperimentEntity;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunEventEntity;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.submission.Submission;
import org.medtransformers.gateway.submission.Submissions;
import org.medtransformers.planning.Probe;
import org.medtransformers.planning.Setting;
import org.medtransformers.planning.Speed;
import org.medtransformers.planning.Step;
import org.medtransformers.service.database.Database;

/**
 * Measures speeds where the work will be done: by a small experiment, which goes before others and
 * is forgotten afterwards.
 */
@Singleton
final class Probes {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Submissions submissions;
  private final Experiments experiments;
  private final Database database;
  private final GatewayConfig.Planning config;
  private final Access access;

  Probes(
      Submissions submissions,
      Experiments experiments,
      Database database,
      GatewayConfig config,
      Access access) {
    this.access = access;
    this.submissions = submissions;
    this.experiments = experiments;
    this.database = database;
    this.config = config.planning();
  }

  /**
   * The speeds that {@code step} asks for.
   *
   * @throws MedtransException with what has failed where a run did, {@link ErrorCode#UNAVAILABLE}
   *     where no trainer came to it
   */
  Map<Setting, Speed> measure(Step.Measure step) throws InterruptedException {
    Submission wish = Submission.ofRest(step.probe(), Optional.empty(), "");
    String id = submissions.submit(wish).id();
    try {
      awaitEnd(id);
      return database.inTransaction(
          () -> measured(ExperimentEntity.require(id, access.scope()), step.settings()));
    } finally {
      forget(id);
    }
  }

  private void awaitEnd(String id) throws InterruptedException {
    long deadline = System.nanoTime() + config.measuring().toNanos();
    while (state(id) == ExperimentState.RUNNING) {
      if (System.nanoTime() - deadline > 0) {
        throw MedtransException.of(
            ErrorCode.UNAVAILABLE,
            "the speed could not be measured within %s: the trainers are busy with other runs"
                .formatted(config.measuring()));
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private ExperimentState state(String id) {
    return database.inTransaction(() -> ExperimentEntity.require(id, access.scope()).state);
  }

  /** One that still runs stays until it has ended, by its name. */
  private void forget(String id) {
    if (state(id) == ExperimentState.RUNNING) {
      experiments.cancel(id);
    } else {
      experiments.delete(id);
    }
  }

  private static Map<Setting, Speed> measured(ExperimentEntity experiment, List<Setting> settings) {
    List<RunEntity> runs = RunEntity.of(experiment.id);
    runs.stream()
        .filter(run -> run.state != RunState.SUCCEEDED)
        .findFirst()
        .ifPresent(Probes::fail);
    List<Probe.Seen> seen = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      seen.add(seen(settings.get(i), runs.get(i)));
    }
    Instant began =
        runs.stream()
            .flatMap(run -> told(run.id, TrainingEvent.Started.class).stream())
            .min(Instant::compareTo)
            .orElse(experiment.createdAt);
    return Probe.speeds(seen, seconds(began, experiment.endedAt));
  }

  private static void fail(RunEntity run) {
    ErrorInfo error = run.error;
    throw error == null
        ? MedtransException.of(
            ErrorCode.UNAVAILABLE,
            "the speed was not measured: run %s is %s".formatted(run.id, run.state))
        : MedtransException.of(error.code(), "the speed was not measured: " + error.message());
  }

  private static Probe.Seen seen(Setting setting, RunEntity run) {
    if (run.costs == null || run.costs.training().isEmpty() || run.costs.inference() == null) {
      throw MedtransException.of(
          ErrorCode.INTERNAL,
          "the speed was not measured: nobody told what run %s has cost".formatted(run.id));
    }
    List<Instant> validated = told(run.id, TrainingEvent.Validated.class);
    int last = validated.size() - 1;
    double epoch = last < 1 ? Double.NaN : seconds(validated.get(last - 1), validated.get(last));
    return new Probe.Seen(
        setting,
        run.costs,
        lastProgress(run).imagesPerSecond(),
        epoch,
        run.prepared.sizes(),
        run.prepared.description().task());
  }

  /** Of the last epoch, which is as long as reports of the progress are apart. */
  private static TrainingEvent.Progress lastProgress(RunEntity run) {
    String type = EventTypes.of(TrainingEvent.Progress.class).name();
    return RunEventEntity.ofRun(run.id, List.of(type))
        .reduce((earlier, later) -> later)
        .map(told -> Json.read(told.payload(), TrainingEvent.Progress.class))
        .orElseThrow();
  }

  private static List<Instant> told(UUID run, Class<? extends TrainingEvent> type) {
    return RunEventEntity.timesOf(run, type);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
