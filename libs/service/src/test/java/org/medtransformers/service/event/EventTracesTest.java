package org.medtransformers.service.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.Events;
import org.medtransformers.service.ServiceTestStack;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseWatch;
import org.medtransformers.service.liveness.Heartbeats;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.trace.RecordedTraces;

/** What a trace tells of an event that is received. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class EventTracesTest {
  @Inject Database database;
  @Inject DatabaseWatch watch;
  @Inject Heartbeats hearts;
  @Inject DeadLetters deadLetters;
  @Inject Deliveries deliveries;
  @Inject MedtransConfig config;
  @Inject Meters meters;

  private final RecordedTraces traces = new RecordedTraces();
  private EventReceiver receiver;

  @BeforeEach
  void receive() {
    receiver =
        new EventReceiver(
            database, watch, deadLetters, deliveries, config, meters, traces.tracing(), hearts);
  }

  @Test
  void itNamesTheRunThatTheEventIsAbout() {
    receive(Topics.TRAINING_COMMANDS, "run.cancel.requested.v1", "{\"runId\": \"a run\"}");
    assertEquals(Optional.of("a run"), traces.run());
    assertEquals(List.of(StatusCode.UNSET), traces.statuses());
  }

  @Test
  void aClientsOwnKeyIsNoRun() {
    receive(Topics.EXPERIMENT_REQUESTS, "experiment.requested.v1", "{\"experiment\": {}}");
    assertEquals(Optional.empty(), traces.run());
  }

  @Test
  void anIdWithoutEndIsCut() {
    String id = "x".repeat(100_000);
    receive(
        Topics.TRAINING_COMMANDS, "run.cancel.requested.v1", "{\"runId\": \"%s\"}".formatted(id));
    assertEquals(64, traces.run().orElseThrow().length());
  }

  @Test
  @ExpectsErrors("dead-letter topic")
  void aRecordThatIsPutAsideIsAnError() {
    receive(Topics.TRAINING_COMMANDS, "run.cancel.requested.v1", "{}");
    assertEquals(List.of(StatusCode.ERROR), traces.statuses());
    assertTrue(traces.exceptions().get(0).contains("names no subject"));
    assertEquals(Optional.empty(), traces.run());
  }

  private void receive(String topic, String type, String data) {
    String id = UUID.randomUUID().toString();
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(topic, 0, 0, "a client's key", data.getBytes(StandardCharsets.UTF_8));
    new CloudEvent(id, Events.source(topic), type, Instant.EPOCH, "a client's key", data)
        .toRecord(topic)
        .headers()
        .forEach(record.headers()::add);
    receiver.receive(record, event -> {});
  }
}
