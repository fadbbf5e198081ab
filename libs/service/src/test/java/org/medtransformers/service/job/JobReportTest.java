package org.medtransformers.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.event.WorkOrder;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.service.Events;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.TestTopic;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.event.Outbox;

/** What a worker answers when it is asked for a run. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class JobReportTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @Inject JobReport report;
  @Inject JobQueue queue;
  @Inject JobStore store;
  @Inject JobSettlement settlement;
  @Inject Database database;
  @Inject DatabaseWatch watch;
  @Inject Outbox outbox;
  LocalBroker broker;

  private final String runId = UUID.randomUUID().toString();
  private final String kind = "kind-" + runId;
  private final ScriptedHandler handler =
      new ScriptedHandler(kind, time -> {}, context -> Outcome.done());

  @Test
  void theEndIsToldAgainAsItWasToldTheFirstTime() {
    Metrics undefined =
        new Metrics(
            1, 0.5, 1, 1, 1, Double.NaN, 0.1, null, null, null, List.of(), List.of(List.of(1)));
    TrainingEvent.Completed end =
        new TrainingEvent.Completed(
            runId, 1, 9, 7, "checkpoints/best", undefined, null, undefined, List.of());
    settlement.returned(held(), Outcome.done(end));
    ask();
    ask();
    List<ConsumerRecord<String, byte[]>> told = told(3);
    for (ConsumerRecord<String, byte[]> each : told) {
      assertEquals(Events.type(TrainingEvent.Completed.class), Events.type(each));
      assertEquals(end, Events.data(each, TrainingEvent.Completed.class));
    }
    assertNotEquals(id(told.get(0)), id(told.get(1)), "or the inbox would drop it");
  }

  @Test
  void aFailureIsToldAgainWithItsReason() {
    settlement.threw(
        held(), handler, MedtransException.of(ErrorCode.TRAINING_DIVERGED, "the loss is NaN"));
    ask();
    List<ConsumerRecord<String, byte[]>> told = told(2);
    assertEquals(
        Events.data(told.get(0), TrainingEvent.Failed.class),
        Events.data(told.get(1), TrainingEvent.Failed.class));
  }

  @Test
  void whatEndedWhileNobodyHeldItIsToldAgain() {
    submit();
    queue.requestCancel(runId, kind);
    settlement.endUnheld(handler);
    ask();
    List<ConsumerRecord<String, byte[]>> told = told(2);
    assertEquals(Events.type(TrainingEvent.Cancelled.class), Events.type(told.get(0)));
    assertEquals(
        Events.data(told.get(0), TrainingEvent.Cancelled.class),
        Events.data(told.get(1), TrainingEvent.Cancelled.class));
  }

  @Test
  void aJobThatWaitsOrIsAtWorkIsHeld() {
    submit();
    ask();
    assertEquals(1, store.claim(kind, "me", LEASE, Set.of()).orElseThrow().attempt());
    ask();
    assertEquals(
        List.of(new RunHeld(runId, Stage.TRAIN, 0), new RunHeld(runId, Stage.TRAIN, 1)),
        told(2).stream().map(each -> (Event) Events.data(each, RunHeld.class)).toList());
  }

  @Test
  void ofARunWithoutAJobNothingIsKnown() {
    ask();
    assertEquals(new RunUnknown(runId, Stage.TRAIN), Events.data(told(1).get(0), RunUnknown.class));
  }

  /** Its command was lost, and comes again for this answer. */
  @Test
  void ofAJobOfBeforeItsRunWasResumedNothingIsKnown() {
    submit();
    database.inTransaction(() -> report.send(runId, 100, kind, Stage.TRAIN));
    assertEquals(new RunUnknown(runId, Stage.TRAIN), Events.data(told(1).get(0), RunUnknown.class));
    queue.submit(runId, kind, "", new WorkOrder(null, 0, 100, 100));
    database.inTransaction(() -> report.send(runId, 100, kind, Stage.TRAIN));
    assertEquals(new RunHeld(runId, Stage.TRAIN, 100), Events.data(told(2).get(1), RunHeld.class));
  }

  @Test
  void aJobWhoseEndWasNotKeptIsDoneAgainWithAllItsAttempts() {
    endAsAnOlderVersionDid();
    ask();
    assertEquals(new RunHeld(runId, Stage.TRAIN, 1), Events.data(told(1).get(0), RunHeld.class));
    Job again = store.claim(kind, "me", LEASE, Set.of()).orElseThrow();
    assertEquals(2, again.attempt());
    assertEquals(1, again.spent());
  }

  @Test
  void ifItIsToBeCancelledItIsNotDoneAgain() {
    endAsAnOlderVersionDid();
    ask();
    queue.requestCancel(runId, kind);
    settlement.endUnheld(handler);
    assertEquals(JobState.CANCELLED, queue.find(runId, kind).orElseThrow().state());
    assertEquals(Events.type(TrainingEvent.Cancelled.class), Events.type(told(2).get(1)));
  }

  /** Without keeping what it told. */
  private void endAsAnOlderVersionDid() {
    ActiveJob job = held();
    database.inTransaction(() -> store.end(job.job(), JobState.DONE, null));
  }

  private void submit() {
    queue.submit(runId, kind, "", WorkOrder.NONE);
  }

  private ActiveJob held() {
    submit();
    return new ActiveJob(
        store.claim(kind, "me", LEASE, Set.of()).orElseThrow(),
        store,
        database,
        watch,
        outbox,
        LEASE,
        System::nanoTime,
        System.nanoTime());
  }

  private void ask() {
    database.inTransaction(() -> report.send(runId, 0, kind, Stage.TRAIN));
  }

  private List<ConsumerRecord<String, byte[]>> told(int events) {
    return TestTopic.read(broker, Topics.TRAINING_EVENTS, runId, events);
  }

  private static String id(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
  }
}
