package org.medtransformers.service.event;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.Events;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.TestTopic;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.trace.Tracing;

/** A life of a process is a receiver of its own here; it ends when nobody uses it any more. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class DeliveriesTest {
  private static final AtomicLong OFFSETS = new AtomicLong(1_000_000);
  private static final EventHandler HANDLER = event -> {};

  @Inject Database database;
  @Inject DatabaseWatch watch;
  @Inject Heartbeats hearts;
  @Inject DeadLetters deadLetters;
  @Inject MedtransConfig config;
  @Inject Meters meters;
  @Inject Tracing tracing;
  LocalBroker broker;

  private final String id = UUID.randomUUID().toString();
  private final ConsumerRecord<String, byte[]> record = record(id);

  @Test
  @ExpectsErrors("dead-letter topic")
  void whatThreeProcessesDiedOfIsPutAsideUnhandled() {
    dieOf(record, 3);
    assertEquals(Reception.DEAD_LETTER, receiver(life()).receive(record, HANDLER));
    ConsumerRecord<String, byte[]> letter =
        TestTopic.read(broker, Topics.deadLetter(record.topic()), id, 1).get(0);
    assertEquals(
        "3 processes in a row died while they had it in hand", DeadLetter.read(letter).reason());
    assertEquals(List.of(), deaths());
  }

  @Test
  void whatTwoProcessesDiedOfIsHandled() {
    dieOf(record, 2);
    assertEquals(Reception.HANDLED, receiver(life()).receive(record, HANDLER));
    assertEquals(List.of(), deaths());
  }

  @Test
  void theDeathsOfOneRecordAreNotThoseOfTheNext() {
    dieOf(record, 3);
    assertEquals(
        Reception.HANDLED, receiver(life()).receive(record(UUID.randomUUID().toString()), HANDLER));
  }

  @Test
  void whoWasAskedToStopDidNotDie() {
    for (int i = 0; i < 4; i++) {
      Deliveries stopped = life();
      assertEquals(0, stopped.take(record));
      stopped.stop(new ShutdownEvent());
    }
    assertEquals(0, life().take(record));
  }

  /** Hibernate may be closed by then: no number of failures is the record's. */
  @Test
  void whatFailsWhileTheProcessStopsIsLeftToTheNext() {
    EventReceiver stopping = receiver(life());
    stopping.stop(new ShutdownEvent());
    EventHandler closed =
        event -> {
          throw new IllegalStateException("EntityManagerFactory is closed");
        };
    for (int i = 0; i < 6; i++) {
      assertThrows(IllegalStateException.class, () -> stopping.receive(record, closed));
    }
    assertEquals(Reception.HANDLED, receiver(life()).receive(record, HANDLER));
  }

  @Test
  void aFailureThatIsSurvivedIsNoDeath() {
    for (int i = 0; i < 4; i++) {
      Deliveries survivor = life();
      assertEquals(0, survivor.take(record));
      survivor.putDown(record);
    }
    assertEquals(0, life().take(record));
  }

  @Test
  void whoIsTakenForDeadAndFailsTakesThatBackAndLeavesTheRecordInTheOthersHand() {
    Deliveries living = life();
    assertEquals(0, living.take(record));
    assertEquals(1, life().take(record));
    living.putDown(record);
    assertEquals(List.of(0), deaths());
    assertEquals(1, life().take(record));
  }

  @Test
  void twoThatLiveAndFailInTurnsAreNotDeadHoweverOften() {
    Deliveries first = life();
    Deliveries second = life();
    for (int i = 0; i < 4; i++) {
      assertEquals(0, first.take(record));
      assertEquals(1, second.take(record));
      second.putDown(record);
      first.putDown(record);
    }
    assertEquals(List.of(0), deaths());
  }

  @Test
  void aRecordThatComesToTheSameProcessAgainDidNotKillIt() {
    Deliveries living = life();
    assertEquals(0, living.take(record));
    assertEquals(0, living.take(record));
  }

  @Test
  void aRecordThatIsMovedWhileItsReceiverLivesWaitsForItAndIsADuplicate() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Reception> first =
        new FutureTask<>(
            () ->
                receiver(life())
                    .receive(
                        record,
                        event -> {
                          begun.countDown();
                          await().until(() -> end.await(1, TimeUnit.SECONDS));
                        }));
    FutureTask<Reception> second =
        new FutureTask<>(() -> receiver(life()).receive(record, HANDLER));
    new Thread(first).start();
    assertTrue(begun.await(1, TimeUnit.MINUTES), "the record was not handled");
    new Thread(second).start();
    await().until(this::somebodyWaits);
    end.countDown();
    assertEquals(Reception.HANDLED, first.get());
    assertEquals(Reception.DUPLICATE, second.get());
    assertEquals(List.of(), deaths());
  }

  private void dieOf(ConsumerRecord<String, byte[]> deadly, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(i, life().take(deadly));
    }
  }

  private boolean somebodyWaits() {
    return database
        .query(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND query LIKE '%INTO delivery%')",
            row -> row.getBoolean(1))
        .get(0);
  }

  private List<Integer> deaths() {
    return database.query(
        "SELECT deaths FROM delivery WHERE topic_offset = ?",
        row -> row.getInt(1),
        record.offset());
  }

  private Deliveries life() {
    return new Deliveries(database, UUID.randomUUID().toString());
  }

  private EventReceiver receiver(Deliveries deliveries) {
    return new EventReceiver(
        database, watch, deadLetters, deliveries, config, meters, tracing, hearts);
  }

  private static ConsumerRecord<String, byte[]> record(String id) {
    String data = "{\"runId\": \"%s\"}".formatted(id);
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            Topics.TRAINING_COMMANDS,
            1,
            OFFSETS.incrementAndGet(),
            id,
            data.getBytes(StandardCharsets.UTF_8));
    new CloudEvent(
            id, Events.source(record.topic()), "run.cancel.requested.v1", Instant.EPOCH, id, data)
        .toRecord(record.topic())
        .headers()
        .forEach(record.headers()::add);
    return record;
  }
}
