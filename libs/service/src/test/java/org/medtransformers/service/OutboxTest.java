package org.medtransformers.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.metric.Meters;

@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class OutboxTest {
  @Inject Outbox outbox;
  @Inject Database database;
  @Inject Meters meters;
  LocalBroker broker;

  @Test
  // A record of another test that was put aside just before may come once more.
  @ExpectsErrors("into the dead-letter topic")
  void eventsCommittedWhileTheBrokerIsAwayArriveOnceAndInOrder() {
    String runId = "broker-away";
    append(runId, 0);
    broker.stop();
    IntStream.range(1, 200).forEach(i -> append(runId, i));
    broker.start();
    append(runId, 200);

    List<Integer> received =
        TestTopic.read(broker, Topics.TRAINING_EVENTS, runId, 201).stream()
            .map(record -> Events.data(record, TrainingEvent.Cancelled.class).iteration())
            .toList();
    assertEquals(IntStream.rangeClosed(0, 200).boxed().toList(), received);
  }

  @Test
  @ExpectsErrors("Dropped an event for experiment.events about too-large")
  void eventThatNoBrokerTakesDoesNotHoldUpTheNextOneAndIsNotSent() {
    double sent = allSent();
    double dropped = count(Metric.EVENTS_DROPPED);
    database.inTransaction(
        () -> {
          String message = "x".repeat(9 << 20);
          outbox.append(new ExperimentEvent.Accepted("too-large", message, null, List.of()));
        });
    append("after-too-large", 1);
    assertEquals(1, TestTopic.read(broker, Topics.TRAINING_EVENTS, "after-too-large", 1).size());
    assertEquals(1, allSent() - sent);
    assertEquals(1, count(Metric.EVENTS_DROPPED) - dropped);
  }

  @Test
  void eventOfSomeMebibytesArrives() {
    database.inTransaction(
        () -> {
          String message = "x".repeat(6 << 20);
          outbox.append(new ExperimentEvent.Accepted("large", message, null, List.of()));
        });
    assertEquals(1, TestTopic.read(broker, Topics.EXPERIMENT_EVENTS, "large", 1).size());
  }

  @Test
  void eventTravelsAsCloudEventInBinaryMode() {
    append("binary-mode", 1);
    ConsumerRecord<String, byte[]> record =
        TestTopic.read(broker, Topics.TRAINING_EVENTS, "binary-mode", 1).get(0);
    assertEquals("1.0", header(record, "ce_specversion"));
    assertEquals("/medtransformers/service-test", header(record, "ce_source"));
    assertEquals("training.cancelled.v1", header(record, "ce_type"));
    assertEquals("application/json", header(record, "content-type"));
    assertEquals(
        "{\"runId\":\"binary-mode\",\"attempt\":1,\"iteration\":1}",
        new String(record.value(), StandardCharsets.UTF_8));
  }

  @Test
  void noTraceIsCarriedWhileTracesAreOff() {
    append("no-trace", 1);
    ConsumerRecord<String, byte[]> record =
        TestTopic.read(broker, Topics.TRAINING_EVENTS, "no-trace", 1).get(0);
    assertNull(record.headers().lastHeader("traceparent"));
  }

  @Test
  void nothingIsSentForATransactionThatRollsBack() {
    assertThrows(
        IllegalStateException.class,
        () ->
            database.inTransaction(
                () -> {
                  outbox.append(new TrainingEvent.Cancelled("rolled-back", 1, 0));
                  throw new IllegalStateException("changed my mind");
                }));
    append("rolled-back", 1);
    ConsumerRecord<String, byte[]> first =
        TestTopic.read(broker, Topics.TRAINING_EVENTS, "rolled-back", 1).get(0);
    assertEquals(1, Events.data(first, TrainingEvent.Cancelled.class).iteration());
  }

  @Test
  void appendingOutsideATransactionIsRefused() {
    assertThrows(
        IllegalStateException.class,
        () -> outbox.append(new TrainingEvent.Cancelled("no-transaction", 1, 0)));
  }

  @Test
  void cancelRequestNeedsATopic() {
    RunCancelRequested cancel = new RunCancelRequested("cancel-topic");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            database.inTransaction(
                () -> {
                  outbox.append(cancel);
                }));
    database.inTransaction(
        () -> {
          outbox.append(Topics.EVALUATION_COMMANDS, cancel);
        });
    assertEquals(1, TestTopic.read(broker, Topics.EVALUATION_COMMANDS, "cancel-topic", 1).size());
  }

  /** Those that are sent are deleted after they were counted. */
  private double allSent() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query("SELECT 1 FROM outbox", row -> 1).isEmpty());
    return count(Metric.EVENTS_SENT);
  }

  private double count(Metric metric) {
    return meters.counter(metric).count();
  }

  private void append(String runId, int iteration) {
    database.inTransaction(
        () -> {
          outbox.append(new TrainingEvent.Cancelled(runId, 1, iteration));
        });
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
