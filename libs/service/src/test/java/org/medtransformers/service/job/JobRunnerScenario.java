package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.service.Events;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.TestTopic;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.trace.RecordedTraces;

/** Runners are made by the tests, as many as a test wants instances of the service. */
@QuarkusTestResource(ServiceTestStack.class)
abstract class JobRunnerScenario {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject JobQueue queue;
  @Inject JobStore store;
  @Inject JobSettlement settlement;
  @Inject JobParking parking;
  @Inject JobSignal signal;
  @Inject Database database;
  @Inject DatabaseWatch watch;
  @Inject Heartbeats hearts;
  @Inject Outbox outbox;
  @Inject MedtransConfig config;
  @Inject ProcessEnd processEnd;
  @Inject @Readiness JobReadiness readiness;
  @Inject @Liveness JobLiveness liveness;
  @Inject BeanManager beans;
  @Inject Meters metrics;
  LocalBroker broker;
  LocalDatabase server;

  final String runId = UUID.randomUUID().toString();
  final String kind = "kind-" + runId;
  final RecordedTraces traces = new RecordedTraces();
  final List<JobRunner> runners = new ArrayList<>();

  @AfterEach
  void stopRunners() throws InterruptedException {
    for (JobRunner runner : runners) {
      runner.stop(new ShutdownEvent());
    }
  }

  double count(Metric metric, String... labels) {
    return metrics.counter(metric, labels).count();
  }

  boolean submit(String id) {
    return queue.submit(id, kind, new RunCancelRequested("payload of " + id), null);
  }

  ScriptedHandler start(ScriptedHandler.Script script) {
    return start(time -> {}, script);
  }

  ScriptedHandler start(ScriptedHandler.WarmUp warmUp, ScriptedHandler.Script script) {
    ScriptedHandler handler = new ScriptedHandler(kind, warmUp, script);
    start(processEnd, handler);
    return handler;
  }

  JobRunner start(ProcessEnd end, JobHandler... handlers) {
    JobRunner runner =
        new JobRunner(
            List.of(handlers),
            store,
            settlement,
            parking,
            signal,
            database,
            watch,
            outbox,
            config,
            end,
            readiness,
            metrics,
            traces.tracing(),
            hearts);
    runners.add(runner);
    runner.start(new StartupEvent());
    return runner;
  }

  static RunCancelRequested payload(ScriptedHandler handler) {
    return handler.attempts().get(0).payload(RunCancelRequested.class);
  }

  void awaitState(JobState state) {
    await().atMost(PATIENCE).until(() -> state(runId) == state);
  }

  JobState state(String id) {
    return queue.find(id, kind).orElseThrow().state();
  }

  /** The first event of this run; fails if it is of another type. */
  <T extends TrainingEvent> T sent(Class<T> type) {
    var record = TestTopic.read(broker, Topics.TRAINING_EVENTS, runId, 1).get(0);
    assertEquals(Events.type(type), Events.type(record));
    return Events.data(record, type);
  }
}
