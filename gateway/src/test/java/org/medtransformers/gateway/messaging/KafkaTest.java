package org.medtransformers.gateway.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.CloudEvents;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.gateway.fakes.PlainKafka;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.database.Database;

/** The gateway as a plain Kafka client sees it. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class KafkaTest {
  @Inject FakeWorkers workers;
  @Inject Database database;
  LocalBroker broker;

  private final String requestId = UUID.randomUUID().toString();

  @Test
  void aRequestIsAcceptedRunAndAnnounced() {
    try (KafkaConsumer<String, byte[]> events = publicEvents()) {
      request(Documents.single("demo"));
      ExperimentEvent.Accepted accepted = accepted(events);
      ExperimentEvent.Ended ended =
          (ExperimentEvent.Ended)
              next(
                  events,
                  e ->
                      e instanceof ExperimentEvent.Ended x
                          && x.experimentId().equals(accepted.experimentId()));
      assertEquals(ExperimentState.SUCCEEDED, ended.state());
      assertEquals(
          accepted.runIds(),
          Gateway.get(accepted.experimentId()).runs().stream().map(r -> r.id()).toList());
    }
  }

  @Test
  void theSameRequestTwiceIsOneExperiment() {
    ObjectNode document = Documents.single("demo");
    try (KafkaConsumer<String, byte[]> events = publicEvents()) {
      request(document);
      request(document);
      String id = accepted(events).experimentId();
      Gateway.ended(id);
    }
    assertEquals(
        1L,
        database
            .query(
                "SELECT count(*) FROM experiment WHERE idempotency_key LIKE ?",
                row -> row.getLong(1),
                "%" + requestId)
            .get(0));
  }

  @Test
  void aRequestThatBreaksARuleIsRejectedWithTheReason() {
    ObjectNode document = Documents.single("demo");
    Documents.with(document, "dataset_params.data_location", "/etc");
    try (KafkaConsumer<String, byte[]> events = publicEvents()) {
      request(document);
      ExperimentEvent.Rejected rejected = rejected(events);
      assertEquals(ErrorCode.PATH_NOT_ALLOWED, rejected.error().code());
      assertTrue(rejected.error().message().contains("/etc"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"experiment\":null}", "{\"experiment\":[]}"})
  void aRequestWithoutADocumentIsRejected(String data) {
    try (KafkaConsumer<String, byte[]> events = publicEvents()) {
      PlainKafka.send(
          CloudEvents.record(
              Topics.EXPERIMENT_REQUESTS, requestId, "experiment.requested.v1", null, data));
      assertEquals(ErrorCode.INVALID_REQUEST, rejected(events).error().code());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Topics.EXPERIMENT_REQUESTS,
        Topics.DATASET_EVENTS,
        Topics.TRAINING_EVENTS,
        Topics.EVALUATION_EVENTS
      })
  @ExpectsErrors("into the dead-letter topic")
  void whatNobodyCanReadIsPutAsideAndTheNextRecordHasItsTurn(String topic) {
    try (KafkaConsumer<String, byte[]> letters =
        PlainKafka.consumer(List.of(Topics.deadLetter(topic)))) {
      PlainKafka.send(
          CloudEvents.record(topic, requestId, "training.progress.v1", requestId, "{\"runId\":"));
      PlainKafka.send(
          new ProducerRecord<>(
              topic, requestId, "no event at all".getBytes(StandardCharsets.UTF_8)));
      List<String> found = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> r : letters.poll(Duration.ofMillis(200))) {
                  if (requestId.equals(r.key())) {
                    found.add(new String(r.value(), StandardCharsets.UTF_8));
                  }
                }
                return found.size() == 2;
              });
      assertEquals(List.of("{\"runId\":", "no event at all"), found);
    }
    Gateway.ended(Gateway.post(Documents.single("demo")));
  }

  @Test
  void aTypeOfTheFutureAndAnEventOfNobodysRunAreIgnored() {
    PlainKafka.send(
        CloudEvents.record(
            Topics.TRAINING_EVENTS, requestId, "training.dreamt.v7", requestId, "{}"));
    PlainKafka.send(CloudEvents.record(new TrainingEvent.Cancelled("nobody", 1, 1)));
    PlainKafka.send(CloudEvents.record(new TrainingEvent.Cancelled(requestId, 1, 1)));
    assertEquals(
        ExperimentState.SUCCEEDED,
        Gateway.ended(Gateway.post(Documents.single("demo"))).experiment().state());
  }

  @Test
  void anEventThatComesTwiceIsOneRowOfHistory() {
    String id = Gateway.post(Documents.single(FakeTraining.HOLD));
    String run = Gateway.until(id, v -> iteration(v) == 5).runs().get(0).id();
    Event progress =
        new TrainingEvent.Progress(run, 1, 0.7, 7, 20, 1.4, 1e-3, 0.9, 100, 3, 0.1, null);
    ProducerRecord<String, byte[]> record =
        CloudEvents.record(Topics.TRAINING_EVENTS, requestId, progress);
    PlainKafka.send(record);
    PlainKafka.send(record);
    PlainKafka.send(CloudEvents.record(progress));
    PlainKafka.send(CloudEvents.record(progress(run, 1, 6)));
    PlainKafka.send(CloudEvents.record(progress(run, 2, 3)));
    PlainKafka.send(CloudEvents.record(progress(run, 1, 9)));
    PlainKafka.send(CloudEvents.record(progress(run, 2, 4)));
    Gateway.until(id, v -> iteration(v) == 4);
    assertEquals(List.of("1@5", "1@7", "2@3", "2@4"), iterations(run));
  }

  @Test
  void nothingIsLostOrDoneTwiceWhileTheBrokerIsAway() throws InterruptedException {
    String before = Gateway.post(Documents.comparison("demo"));
    broker.stop();
    String meanwhile;
    try {
      meanwhile = Gateway.post(Documents.comparison("demo"));
      assertEquals(RunState.PREPARING, Gateway.get(meanwhile).runs().get(0).state());
      Thread.sleep(3000);
    } finally {
      broker.start();
    }
    for (String id : List.of(before, meanwhile)) {
      ExperimentView view = Gateway.ended(id);
      assertEquals(ExperimentState.SUCCEEDED, view.experiment().state());
      view.runs().forEach(r -> assertEquals(List.of("1@5", "1@20"), iterations(r.id())));
      view.runs()
          .forEach(
              r -> assertEquals(1, workers.commands(r.id(), TrainingEvent.Requested.class).size()));
    }
  }

  private static TrainingEvent.Progress progress(String run, int attempt, int iteration) {
    return new TrainingEvent.Progress(
        run, attempt, iteration / 10.0, iteration, 20, 1.4, 1e-3, 0.9, 100, 3, 0.1, null);
  }

  private static int iteration(ExperimentView view) {
    Integer iteration = view.runs().get(0).progress().iteration();
    return iteration == null ? -1 : iteration;
  }

  /** What the history says of a run's progress, nothing left out. */
  private List<String> iterations(String run) {
    return database
        .query(
            "SELECT payload FROM run_event WHERE run_id = ? AND type = ? ORDER BY id",
            row -> row.getString(1),
            UUID.fromString(run),
            "training.progress.v1")
        .stream()
        .map(p -> Json.read(p, TrainingEvent.Progress.class))
        .map(p -> p.attempt() + "@" + p.iteration())
        .toList();
  }

  private void request(ObjectNode document) {
    PlainKafka.send(
        CloudEvents.record(
            Topics.EXPERIMENT_REQUESTS, requestId, new ExperimentEvent.Requested(document)));
  }

  private static KafkaConsumer<String, byte[]> publicEvents() {
    return PlainKafka.consumer(List.of(Topics.EXPERIMENT_EVENTS));
  }

  private ExperimentEvent.Accepted accepted(KafkaConsumer<String, byte[]> events) {
    return (ExperimentEvent.Accepted)
        next(
            events,
            e -> e instanceof ExperimentEvent.Accepted x && requestId.equals(x.requestId()));
  }

  private ExperimentEvent.Rejected rejected(KafkaConsumer<String, byte[]> events) {
    return (ExperimentEvent.Rejected)
        next(
            events,
            e -> e instanceof ExperimentEvent.Rejected x && requestId.equals(x.requestId()));
  }

  /** Waits for the first event that is meant; what comes with it in one poll is dropped. */
  private static Event next(KafkaConsumer<String, byte[]> consumer, Predicate<Event> meant) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (ConsumerRecord<String, byte[]> r : consumer.poll(Duration.ofMillis(200))) {
                Event event = CloudEvents.event(r);
                if (meant.test(event)) {
                  consumer.seek(new TopicPartition(r.topic(), r.partition()), r.offset() + 1);
                  return event;
                }
              }
              return null;
            },
            event -> event != null);
  }
}
