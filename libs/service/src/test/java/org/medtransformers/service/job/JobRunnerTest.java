package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.localstack.testing.ExpectsErrors;

/** What runners do with jobs, from their start to their end. */
@QuarkusTest
class JobRunnerTest extends JobRunnerScenario {
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

  /** An observer that threw would keep those behind it, such as the relay, from stopping. */
  @Test
  void whereNoJobIsDoneNothingKeepsTheServiceFromStopping() {
    JobRunner idle = start(processEnd);
    assertDoesNotThrow(() -> idle.stop(new ShutdownEvent()));
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
}
