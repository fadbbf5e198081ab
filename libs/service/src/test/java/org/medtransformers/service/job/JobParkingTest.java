package org.medtransformers.service.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.localstack.LocalBroker;
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

/** Runners whose disk has as much room as a test says. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class JobParkingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path DISK = Path.of("/");

  @Inject JobQueue queue;
  @Inject JobStore store;
  @Inject JobSignal signal;
  @Inject Database database;
  @Inject DatabaseWatch watch;
  @Inject Heartbeats hearts;
  @Inject Outbox outbox;
  @Inject MedtransConfig config;
  @Inject ProcessEnd processEnd;
  @Inject @Readiness JobReadiness readiness;
  @Inject Meters metrics;
  LocalBroker broker;

  private final String runId = UUID.randomUUID().toString();
  private final String kind = "kind-" + runId;
  private final AtomicLong usable = new AtomicLong();
  private final List<JobRunner> runners = new ArrayList<>();

  @AfterEach
  void stopRunner() throws InterruptedException {
    for (JobRunner runner : runners) {
      runner.stop(new ShutdownEvent());
    }
  }

  @Test
  void withAByteLessThanTheReserveJobsWaitAndSaySoOnceAndThenGoOnByThemselves() {
    long reserve = config.disk().reserve().asLongValue();
    usable.set(reserve - 1);
    submit();
    ScriptedHandler handler = start(context -> Outcome.done());
    await().atMost(PATIENCE).until(() -> parked() == 1);
    assertEquals(
        "waits for disk: 255 MiB free below /, 256 MiB needed", waiting(1).get(0).reason());
    assertEquals(JobState.QUEUED, job().state());
    assertEquals(List.of(), handler.attempts());

    usable.set(reserve);
    await().atMost(PATIENCE).until(() -> job().state() == JobState.DONE);
    assertEquals(1, handler.attempts().size());
    List<TrainingEvent.Waiting> told = waiting(2);
    assertNull(told.get(1).reason());
    await().atMost(PATIENCE).until(() -> parked() == 0);
  }

  @Test
  void anAttemptThatFindsTheDiskFullIsNotChargedHoweverOftenAndTheJobIsDoneInTheEnd() {
    int full = config.jobs().maxAttempts() + 2;
    usable.set(Long.MAX_VALUE);
    submit();
    ScriptedHandler handler =
        start(
            context -> {
              if (context.job().attempt() <= full) {
                throw new IOException("/x/model.safetensors: No space left on device");
              }
              return Outcome.done();
            });
    await().atMost(PATIENCE).until(() -> job().state() == JobState.DONE);
    assertEquals(full + 1, handler.attempts().size());
    assertTrue(handler.attempts().stream().allMatch(attempt -> attempt.spent() == 1));
    assertEquals(full, metrics.counter(Metric.JOB_ATTEMPTS, kind, "released").count());
    List<TrainingEvent.Waiting> told = waiting(2);
    assertEquals(1, told.get(0).attempt());
    assertTrue(told.get(0).reason().contains("No space left on device"), told.get(0).reason());
    assertNull(told.get(1).reason());
  }

  /** What a worker with room would say of each job, and one without, for as long as both are. */
  @Test
  void workersOnDifferentDisksDoNotContradictEachOtherForEver() {
    AtomicLong clock = new AtomicLong();
    JobParking full = parking(0, clock);
    JobParking roomy = parking(Long.MAX_VALUE, clock);
    ScriptedHandler handler = new ScriptedHandler(kind, time -> {}, context -> Outcome.done());
    submit();
    full.tell(handler);
    for (int told = 1; told <= 3; told++) {
      assertEquals(1, parked(), "the disk of one is full");
      await().atMost(PATIENCE).until(() -> saidNoLonger(roomy, handler));
      if (told > 1) {
        clock.addAndGet(config.disk().retryEvery().multipliedBy(1L << (told - 2)).toNanos() - 1);
        full.tell(handler);
        assertEquals(0, parked(), "gives way to who has room");
        clock.addAndGet(1);
      }
      full.tell(handler);
    }
  }

  private boolean saidNoLonger(JobParking roomy, JobHandler handler) {
    roomy.tell(handler);
    return parked() == 0;
  }

  private JobParking parking(long room, AtomicLong clock) {
    DiskRoom disk = new DiskRoom(List.of(DISK), folder -> room);
    return new JobParking(store, database, outbox, disk, config.disk(), clock::get);
  }

  @Test
  void whatDoesNotFitHereIsDoneWhereItDoes() {
    usable.set(Long.MAX_VALUE);
    submit();
    Set<String> tried = ConcurrentHashMap.newKeySet();
    start(
        context -> {
          tried.add("small");
          throw new IOException("/small/model.safetensors: No space left on device");
        });
    await().atMost(PATIENCE).until(() -> tried.contains("small"));
    start(
        context -> {
          tried.add("large");
          return Outcome.done();
        });
    await().atMost(PATIENCE).until(() -> job().state() == JobState.DONE);
    assertEquals(Set.of("small", "large"), tried);
  }

  @Test
  void aFailureForWantOfRoomIsNoneEvenWhereNoRetryCouldHelp() {
    usable.set(Long.MAX_VALUE);
    submit();
    start(
        context -> {
          if (context.job().attempt() == 1) {
            throw MedtransException.of(ErrorCode.DISK_FULL, "no room for results");
          }
          return Outcome.done();
        });
    await().atMost(PATIENCE).until(() -> job().state() == JobState.DONE);
    assertEquals("waits for disk: no room for results", waiting(1).get(0).reason());
  }

  @Test
  void aJobThatWaitsForTheDiskIsCancelledAtOnce() {
    submit();
    ScriptedHandler handler = start(context -> Outcome.done());
    await().atMost(PATIENCE).until(() -> parked() == 1);
    queue.requestCancel(runId, kind);
    await().atMost(PATIENCE).until(() -> job().state() == JobState.CANCELLED);
    assertEquals(List.of(), handler.attempts());
  }

  private void submit() {
    queue.submit(runId, kind, new RunCancelRequested(runId), null);
  }

  private Job job() {
    return queue.find(runId, kind).orElseThrow();
  }

  private long parked() {
    return store.parked(kind);
  }

  /** The first events of this run. */
  private List<TrainingEvent.Waiting> waiting(int count) {
    return TestTopic.read(broker, Topics.TRAINING_EVENTS, runId, count).stream()
        .map(record -> Events.data(record, TrainingEvent.Waiting.class))
        .toList();
  }

  private ScriptedHandler start(ScriptedHandler.Script script) {
    ScriptedHandler handler = new ScriptedHandler(kind, time -> {}, script);
    DiskRoom room = new DiskRoom(List.of(DISK), folder -> usable.get());
    JobParking parking = new JobParking(store, database, outbox, room, config);
    JobRunner runner =
        new JobRunner(
            List.of(handler),
            store,
            new JobSettlement(store, database, watch, outbox, parking, config),
            parking,
            signal,
            database,
            watch,
            outbox,
            config,
            processEnd,
            readiness,
            metrics,
            new RecordedTraces().tracing(),
            hearts);
    runners.add(runner);
    runner.start(new StartupEvent());
    return handler;
  }
}
