package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.Events;
import org.medtransformers.service.ReadOnlyServer;
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
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class JobRunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  private final String runId = UUID.randomUUID().toString();
  private final String kind = "kind-" + runId;
  private final RecordedTraces traces = new RecordedTraces();
  private final List<JobRunner> runners = new ArrayList<>();

  @AfterEach
  void stopRunners() throws InterruptedException {
    for (JobRunner runner : runners) {
      runner.stop(new ShutdownEvent());
    }
  }

  @Test
  void jobSubmittedTwiceRunsOnceAndSendsItsEvent() {
    assertTrue(submit(runId));
    assertFalse(submit(runId));
    ScriptedHandler handler = start(context -> Outcome.done(ScriptedHandler.done(context)));
    awaitState(JobState.DONE);
    assertFalse(submit(runId));
    assertEquals(1, handler.attempts().size());
    assertEquals("payload of " + runId, payload(handler).runId());
    assertEquals(1, sent(TrainingEvent.Checkpointed.class).attempt());
  }

  @Test
  void everyJobIsDoneByOneOfSeveralRunners() {
    ScriptedHandler first = start(context -> Outcome.done(ScriptedHandler.done(context)));
    ScriptedHandler second = start(context -> Outcome.done(ScriptedHandler.done(context)));
    List<String> runIds = IntStream.range(0, 30).mapToObj(i -> runId + "-" + i).toList();
    runIds.forEach(this::submit);
    await()
        .atMost(PATIENCE)
        .until(() -> runIds.stream().allMatch(id -> state(id) == JobState.DONE));
    assertEquals(30, first.attempts().size() + second.attempts().size());
  }

  @Test
  void aRunnerGetsReadyOnceBeforeItsFirstJob() {
    ScriptedHandler handler = start(context -> Outcome.done());
    submit(runId);
    submit(runId + "-2");
    awaitState(JobState.DONE);
    await().atMost(PATIENCE).until(() -> state(runId + "-2") == JobState.DONE);
    assertEquals(1, handler.warmUps());
    assertEquals(HealthCheckResponse.Status.UP, readiness.call().getStatus());
  }

  @Test
  @ExpectsErrors("Takes no ")
  void aRunnerThatCannotGetReadyTakesNoJobAndSaysSo() {
    submit(runId);
    ScriptedHandler handler =
        start(
            time -> {
              throw new IOException("nothing to load");
            },
            context -> Outcome.done());
    await().atMost(PATIENCE).until(() -> handler.warmUps() > 1);
    assertEquals(JobState.QUEUED, state(runId));
    assertEquals(HealthCheckResponse.Status.DOWN, readiness.call().getStatus());
    assertEquals(
        "java.io.IOException: nothing to load", readiness.call().getData().orElseThrow().get(kind));

    start(context -> Outcome.done());
    awaitState(JobState.DONE);
    assertEquals(List.of(), handler.attempts());
    readiness.ready(kind);
  }

  @Test
  void aRunnerIsNotReadyWhileItGetsReady() {
    CountDownLatch loaded = new CountDownLatch(1);
    start(time -> loaded.await(), context -> Outcome.done());
    assertEquals(HealthCheckResponse.Status.DOWN, readiness.call().getStatus());
    assertEquals("starting", readiness.call().getData().orElseThrow().get(kind));
    assertEquals(HealthCheckResponse.Status.UP, liveness.call().getStatus());
    loaded.countDown();
    await()
        .atMost(PATIENCE)
        .until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);
  }

  @Test
  @ExpectsErrors("Takes no ")
  void aRunnerWhoseLibraryCannotBeLinkedAsksForARestart() {
    CountDownLatch loaded = new CountDownLatch(1);
    start(
        time -> {
          if (time == 1) {
            throw new IOException(new NoClassDefFoundError("Could not initialize class"));
          }
          loaded.await();
        },
        context -> Outcome.done());
    await()
        .atMost(PATIENCE)
        .until(() -> liveness.call().getStatus() == HealthCheckResponse.Status.DOWN);
    loaded.countDown();
    await()
        .atMost(PATIENCE)
        .until(() -> liveness.call().getStatus() == HealthCheckResponse.Status.UP);
  }

  @Test
  void eventsAreSentUntilJobsHaveStopped() {
    assertTrue(shutdownPriority("OutboxRelay") > shutdownPriority("JobRunner"));
  }

  private int shutdownPriority(String bean) {
    return beans.resolveObserverMethods(new ShutdownEvent()).stream()
        .filter(observer -> observer.getBeanClass().getSimpleName().equals(bean))
        .findFirst()
        .orElseThrow()
        .getPriority();
  }

  /** As a training does that tells of its progress while a checkpoint is published. */
  @Test
  void aHolderWritesFromTwoThreadsAndWhoeverTakesTheJobWaits() throws Exception {
    submit(runId);
    Job job = store.claim(kind, "me", Duration.ofSeconds(30)).orElseThrow();
    ActiveJob holder =
        new ActiveJob(
            job, store, database, watch, outbox, Duration.ofSeconds(30), System::nanoTime, 0);
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    holder.inTransaction(
        () -> {
          CompletableFuture.runAsync(() -> holder.inTransaction(() -> {}))
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
          taken.completeAsync(
              () ->
                  database.update(
                      "UPDATE job SET attempt = attempt + 1 WHERE run_id = ? AND kind = ?",
                      runId,
                      kind));
          assertThrows(TimeoutException.class, () -> taken.get(300, TimeUnit.MILLISECONDS));
        });
    assertEquals(1, taken.get(10, TimeUnit.SECONDS));
    assertThrows(LeaseLostException.class, () -> holder.inTransaction(() -> {}));
  }

  @Test
  void jobOfADeadInstanceGoesToAnotherAndTheStaleHolderCanWriteNothing() {
    submit(runId);
    Duration lease = Duration.ofMillis(300);
    Job stale = store.claim(kind, "dead", lease).orElseThrow();
    ActiveJob staleHolder =
        new ActiveJob(
            stale, store, database, watch, outbox, lease, System::nanoTime, System.nanoTime());

    ScriptedHandler handler = start(context -> Outcome.done(ScriptedHandler.done(context)));
    awaitState(JobState.DONE);
    assertEquals(2, handler.attempts().get(0).attempt());
    assertThrows(
        LeaseLostException.class,
        () -> staleHolder.emit(new TrainingEvent.Checkpointed(runId, 1, 7, "stale")));
    assertThrows(LeaseLostException.class, staleHolder::progressed);
    staleHolder.renew();
    assertTrue(staleHolder.leaseLost());
    assertEquals("finished", sent(TrainingEvent.Checkpointed.class).checkpoint());
  }

  @Test
  void leaseIsKeptForAsLongAsTheWorkTakes() throws Exception {
    submit(runId);
    ScriptedHandler holder =
        start(
            context -> {
              TimeUnit.MILLISECONDS.sleep(2 * config.jobs().lease().toMillis());
              return Outcome.done();
            });
    await().atMost(PATIENCE).until(() -> !holder.attempts().isEmpty());
    ScriptedHandler other = start(context -> Outcome.done());
    awaitState(JobState.DONE);
    assertEquals(1, holder.attempts().size());
    assertTrue(other.attempts().isEmpty());
  }

  /** An observer that threw would keep those behind it, such as the relay, from stopping. */
  @Test
  void whereNoJobIsDoneNothingKeepsTheServiceFromStopping() {
    JobRunner idle = start(processEnd);
    assertDoesNotThrow(() -> idle.stop(new ShutdownEvent()));
  }

  @Test
  void leaseThatCouldNotBeRenewedCountsAsLost() {
    submit(runId);
    Job job = store.claim(kind, "me", Duration.ofSeconds(10)).orElseThrow();
    long[] now = {0};
    ActiveJob holder =
        new ActiveJob(job, store, database, watch, outbox, Duration.ofSeconds(10), () -> now[0], 0);
    now[0] = Duration.ofSeconds(10).toNanos();
    assertFalse(holder.leaseLost());
    now[0]++;
    assertTrue(holder.leaseLost());
    holder.renew();
    assertFalse(holder.leaseLost());
  }

  @Test
  void theEndOfAJobWaitsForADatabaseThatRefusesForLongerThanTheLease() throws Exception {
    submit(runId);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch refusing = new CountDownLatch(1);
    ScriptedHandler handler =
        start(
            context -> {
              ended.countDown();
              refusing.await();
              return Outcome.done(ScriptedHandler.done(context));
            });
    ended.await();
    try (ReadOnlyServer readOnly = ReadOnlyServer.of(server)) {
      refusing.countDown();
      Thread.sleep(config.jobs().lease().plusSeconds(1).toMillis());
    }
    awaitState(JobState.DONE);
    assertEquals(1, handler.attempts().size());
    assertEquals(1, sent(TrainingEvent.Checkpointed.class).attempt());
  }

  @Test
  void aDatabaseThatRefusesForLongerThanTheLeaseKillsNobodyAtWork() throws Exception {
    submit(runId);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    ScriptedHandler handler =
        start(
            context -> {
              begun.countDown();
              end.await();
              return Outcome.done();
            });
    begun.await();
    try (ReadOnlyServer readOnly = ReadOnlyServer.of(server)) {
      Thread.sleep(config.jobs().lease().plusSeconds(1).toMillis());
    }
    await().atMost(PATIENCE).until(() -> store.load(kind).running() == 1);
    assertEquals(0, queue.find(runId, kind).orElseThrow().deaths());
    end.countDown();
    awaitState(JobState.DONE);
    assertEquals(1, handler.attempts().size());
  }

  @Test
  void whatAHandlerWritesWaitsForADatabaseThatRefusesForLessThanTheLease() throws Exception {
    submit(runId);
    CompletableFuture<ReadOnlyServer> refusing = new CompletableFuture<>();
    ScriptedHandler handler =
        start(
            context -> {
              refusing.complete(ReadOnlyServer.of(server));
              context.emit(new TrainingEvent.Checkpointed(runId, 1, 7, "waited"));
              return Outcome.done();
            });
    try (ReadOnlyServer readOnly = refusing.get()) {
      await().atMost(PATIENCE).until(() -> !database.writable());
    }
    awaitState(JobState.DONE);
    assertEquals(1, handler.attempts().size());
    assertEquals("waited", sent(TrainingEvent.Checkpointed.class).checkpoint());
  }

  @Test
  void attemptsThatFailForWantOfTheDatabaseCostNone() {
    submit(runId);
    AtomicInteger tries = new AtomicInteger();
    ScriptedHandler handler =
        start(
            context -> {
              if (tries.incrementAndGet() <= config.jobs().maxAttempts() + 1) {
                throw new IllegalStateException(new SQLException("the disk is full", "53100"));
              }
              return Outcome.done();
            });
    awaitState(JobState.DONE);
    assertTrue(handler.attempts().stream().allMatch(job -> job.spent() == 1));
  }

  @Test
  void anAttemptThatLeavesTheProcessDamagedIsNotedAndEndsIt() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    ProcessEnd noted =
        new ProcessEnd(database) {
          @Override
          void atOnce(Throwable failure) {
            end.complete(failure);
          }
        };
    submit(runId);
    start(
        noted,
        new ScriptedHandler(
            kind,
            time -> {},
            context -> {
              if (context.job().attempt() == 1) {
                throw new OutOfMemoryError("not so much");
              }
              return Outcome.done();
            }));
    assertEquals("not so much", end.get(1, TimeUnit.MINUTES).getMessage());
    awaitState(JobState.DONE);
    assertEquals(2, store.find(runId, kind).orElseThrow().attempt());
  }

  @Test
  void jobGivenBackAtShutdownIsContinuedAndCostsNoAttempt() throws Exception {
    submit(runId);
    ScriptedHandler first =
        start(
            context -> {
              ScriptedHandler.workUntilStopped(context);
              return Outcome.released();
            });
    await().atMost(PATIENCE).until(() -> !first.attempts().isEmpty());
    runners.get(0).stop(new ShutdownEvent());
    Job released = queue.find(runId, kind).orElseThrow();
    assertEquals(JobState.QUEUED, released.state());
    assertEquals(0, released.spent());

    ScriptedHandler second = start(context -> Outcome.done(ScriptedHandler.done(context)));
    awaitState(JobState.DONE);
    assertEquals(2, second.attempts().get(0).attempt());
  }

  @Test
  void runningJobHearsOfACancel() {
    submit(runId);
    ScriptedHandler handler =
        start(
            context -> {
              ScriptedHandler.workUntilStopped(context);
              assertTrue(context.cancelled());
              return Outcome.cancelled(new TrainingEvent.Cancelled(runId, 1, 42));
            });
    await().atMost(PATIENCE).until(() -> !handler.attempts().isEmpty());
    assertTrue(queue.requestCancel(runId, kind));
    awaitState(JobState.CANCELLED);
    assertEquals(42, sent(TrainingEvent.Cancelled.class).iteration());
    assertFalse(queue.requestCancel(runId, kind));
  }

  @Test
  void waitingJobIsCancelledWithoutBeingRun() {
    submit("busy-" + runId);
    ScriptedHandler handler =
        start(
            context -> {
              ScriptedHandler.workUntilStopped(context);
              return Outcome.released();
            });
    await().atMost(PATIENCE).until(() -> !handler.attempts().isEmpty());
    submit(runId);
    queue.requestCancel(runId, kind);
    awaitState(JobState.CANCELLED);
    assertEquals(1, handler.attempts().size());
    assertEquals(0, sent(TrainingEvent.Cancelled.class).attempt());
  }

  @Test
  void failureThatNoRetryCanHelpFailsTheJobAtOnce() {
    submit(runId);
    ScriptedHandler handler =
        start(
            context -> {
              throw MedtransException.of(ErrorCode.IMAGE_UNREADABLE, "a.png is damaged");
            });
    awaitState(JobState.FAILED);
    assertEquals(1, handler.attempts().size());
    TrainingEvent.Failed failed = sent(TrainingEvent.Failed.class);
    assertEquals(ErrorCode.IMAGE_UNREADABLE, failed.error().code());
    assertEquals("a.png is damaged", failed.error().message());
  }

  @Test
  void jobThatKeepsFailingIsGivenUp() {
    submit(runId);
    ScriptedHandler handler =
        start(
            context -> {
              throw new IllegalStateException("out of luck");
            });
    awaitState(JobState.FAILED);
    assertEquals(config.jobs().maxAttempts(), handler.attempts().size());
    TrainingEvent.Failed failed = sent(TrainingEvent.Failed.class);
    assertEquals(ErrorCode.ATTEMPTS_EXHAUSTED, failed.error().code());
    assertTrue(failed.error().message().contains("out of luck"), failed.error().message());
  }

  @Test
  void progressRestoresTheBudgetOfAttempts() {
    submit(runId);
    int attempts = config.jobs().maxAttempts() + 2;
    ScriptedHandler handler =
        start(
            context -> {
              if (context.job().attempt() == attempts) {
                return Outcome.done(ScriptedHandler.done(context));
              }
              context.progressed();
              throw new IllegalStateException("killed again");
            });
    awaitState(JobState.DONE);
    assertEquals(attempts, handler.attempts().size());
  }

  @ExpectsErrors("could not be noted")
  @Test
  void endThatCannotBeWrittenDownIsTriedAgainByTheNextAttempt() {
    submit(runId);
    ScriptedHandler handler =
        start(
            context ->
                context.job().attempt() == 1
                    ? Outcome.done(new RunCancelRequested("has no topic of its own"))
                    : Outcome.done(ScriptedHandler.done(context)));
    awaitState(JobState.DONE);
    assertEquals(2, handler.attempts().size());
    assertEquals(2, sent(TrainingEvent.Checkpointed.class).attempt());
  }

  @Test
  void attemptThatFailsIsAnErrorInItsTraceAndOneThatSucceedsIsNone() {
    submit(runId);
    start(
        context -> {
          if (context.job().attempt() == 1) {
            throw new IllegalStateException("out of luck");
          }
          return Outcome.done();
        });
    await().atMost(PATIENCE).until(() -> traces.statuses().size() == 2);
    assertEquals(List.of(StatusCode.ERROR, StatusCode.UNSET), traces.statuses());
    assertEquals(Optional.of(runId), traces.run());
  }

  @Test
  void attemptThatThrowsWhileItIsStoppedIsGivenBackAndCountsAsThat() throws Exception {
    submit(runId);
    ScriptedHandler handler =
        start(
            context -> {
              ScriptedHandler.workUntilStopped(context);
              throw new IllegalStateException("torn out of its work");
            });
    await().atMost(PATIENCE).until(() -> !handler.attempts().isEmpty());
    runners.get(0).stop(new ShutdownEvent());
    assertEquals(JobState.QUEUED, state(runId));
    assertEquals(1, count(Metric.JOB_ATTEMPTS, kind, "released"));
    assertEquals(0, count(Metric.JOB_ATTEMPTS, kind, "failed"));
    assertEquals(List.of(StatusCode.UNSET), traces.statuses());
  }

  @Test
  void leaseThatIsGoneIsNotCountedAsProlonged() {
    submit(runId);
    ScriptedHandler handler =
        start(
            context -> {
              database.update("UPDATE job SET attempt = attempt + 1 WHERE run_id = ?", runId);
              ScriptedHandler.workUntilStopped(context);
              return Outcome.released();
            });
    await().atMost(PATIENCE).until(() -> count(Metric.JOB_LEASE_LOSSES, kind) == 1);
    assertEquals(1, handler.attempts().size());
    assertEquals(0, count(Metric.JOB_LEASE_RENEWALS, kind));
  }

  private double count(Metric metric, String... labels) {
    return metrics.counter(metric, labels).count();
  }

  private boolean submit(String id) {
    return queue.submit(id, kind, new RunCancelRequested("payload of " + id), null);
  }

  private ScriptedHandler start(ScriptedHandler.Script script) {
    return start(time -> {}, script);
  }

  private ScriptedHandler start(ScriptedHandler.WarmUp warmUp, ScriptedHandler.Script script) {
    ScriptedHandler handler = new ScriptedHandler(kind, warmUp, script);
    start(processEnd, handler);
    return handler;
  }

  private JobRunner start(ProcessEnd end, JobHandler... handlers) {
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

  private static RunCancelRequested payload(ScriptedHandler handler) {
    return handler.attempts().get(0).payload(RunCancelRequested.class);
  }

  private void awaitState(JobState state) {
    await().atMost(PATIENCE).until(() -> state(runId) == state);
  }

  private JobState state(String id) {
    return queue.find(id, kind).orElseThrow().state();
  }

  /** The first event of this run; fails if it is of another type. */
  private <T extends TrainingEvent> T sent(Class<T> type) {
    var record = TestTopic.read(broker, Topics.TRAINING_EVENTS, runId, 1).get(0);
    assertEquals(Events.type(type), Events.type(record));
    return Events.data(record, type);
  }
}
