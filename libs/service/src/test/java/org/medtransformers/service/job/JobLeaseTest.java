package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.ReadOnlyServer;

/** What becomes of a job whose holder, or the database, or the process fails it. */
@QuarkusTest
class JobLeaseTest extends JobRunnerScenario {
  /** As a training does that tells of its progress while a checkpoint is published. */
  @Test
  void aHolderWritesFromTwoThreadsAndWhoeverTakesTheJobWaits() throws Exception {
    submit(runId);
    Job job = store.claim(kind, "me", Duration.ofSeconds(30), Set.of()).orElseThrow();
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
    Job stale = store.claim(kind, "dead", lease, Set.of()).orElseThrow();
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

  @Test
  void leaseThatCouldNotBeRenewedCountsAsLost() {
    submit(runId);
    Job job = store.claim(kind, "me", Duration.ofSeconds(10), Set.of()).orElseThrow();
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
}
