package org.medtransformers.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.Reception;

/** Every test ends with a record of the same key, which comes after all it has written before. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class EventReceiverTest {
  private static final String TOPIC = Topics.TRAINING_COMMANDS;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestConsumer consumer;
  @Inject EventReceiver receiver;
  LocalBroker broker;

  @Test
  void eventThatComesTwiceHasOneEffect() throws Exception {
    String id = UUID.randomUUID().toString();
    send(event(id, "twice"));
    send(event(id, "twice"));
    sendAndAwait("twice-last", "twice");
    assertEquals(1, consumer.handled("twice"));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void recordThatIsNoEventIsPutAsideAndTheNextOneIsHandled() throws Exception {
    send(new ProducerRecord<>(TOPIC, "no-event", "hello".getBytes(StandardCharsets.UTF_8)));
    sendAndAwait("after-no-event", "no-event");
    ConsumerRecord<String, byte[]> letter = deadLetter("no-event");
    assertEquals("hello", new String(letter.value(), StandardCharsets.UTF_8));
    assertTrue(reason(letter).contains("ce_specversion"), reason(letter));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void eventWhoseDataAreDamagedIsPutAside() throws Exception {
    String id = UUID.randomUUID().toString();
    send(Events.record(TOPIC, id, "run.cancel.requested.v1", "damaged", "{\"runId\": [1]}"));
    sendAndAwait("after-damaged", "damaged");
    assertTrue(reason(deadLetter("damaged")).contains("run.cancel.requested.v1"));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void eventWithoutSubjectIsPutAside() throws Exception {
    String id = UUID.randomUUID().toString();
    send(Events.record(TOPIC, id, "run.cancel.requested.v1", "empty", "{}"));
    sendAndAwait("after-empty", "empty");
    assertTrue(reason(deadLetter("empty")).contains("names no subject"));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void whatTheHandlerRefusesIsPutAsideAtOnce() throws Exception {
    send(event(UUID.randomUUID().toString(), TestConsumer.REFUSE));
    sendAndAwait("after-refused", TestConsumer.REFUSE);
    assertEquals(1, consumer.handled(TestConsumer.REFUSE));
    assertTrue(reason(deadLetter(TestConsumer.REFUSE)).contains("never"));
  }

  @Test
  void handlerThatFailsIsCalledAgainUntilItSucceeds() throws Exception {
    send(event(UUID.randomUUID().toString(), TestConsumer.FAIL_TWICE));
    sendAndAwait("after-failures", TestConsumer.FAIL_TWICE);
    assertEquals(3, consumer.handled(TestConsumer.FAIL_TWICE));
  }

  @Test
  void handlerThatIsBusyIsCalledAgainForAsLongAsItIs() throws Exception {
    send(event(UUID.randomUUID().toString(), TestConsumer.BUSY_SIX_TIMES));
    sendAndAwait("after-busy", TestConsumer.BUSY_SIX_TIMES);
    assertEquals(7, consumer.handled(TestConsumer.BUSY_SIX_TIMES));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void commandOfANewerVersionIsPutAside() throws Exception {
    String id = UUID.randomUUID().toString();
    send(Events.record(TOPIC, id, "training.requested.v99", "newer", "{\"anything\": true}"));
    sendAndAwait("after-newer", "newer");
    assertTrue(reason(deadLetter("newer")).contains("training.requested.v99"));
  }

  @ExpectsErrors("dead-letter topic")
  @Test
  void newsAmongCommandsArePutAside() throws Exception {
    String id = UUID.randomUUID().toString();
    send(Events.record(TOPIC, id, new TrainingEvent.Cancelled("astray", 1, 0)));
    sendAndAwait("after-astray", "astray");
    assertTrue(reason(deadLetter("astray")).contains("training.cancelled.v1"));
  }

  /** By a service that may write the topic, in another's name, or in its own on another's topic. */
  @ExpectsErrors("into the dead-letter topic")
  @ParameterizedTest
  @CsvSource({
    "training.commands, training.requested.v1, /medtransformers/data-service",
    "training.commands, run.cancel.requested.v1, /medtransformers/gateway/",
    "training.commands, evaluation.requested.v1, /medtransformers/gateway",
    "training.events, evaluation.completed.v1, /medtransformers/eval-service",
    "evaluation.events, evaluation.completed.v1, /medtransformers/trainer-service",
    "experiment.events, run.state-changed.v1, /medtransformers/trainer-service",
  })
  void whatSomebodySaysWhoMayNotIsPutAsideWithTheReason(String topic, String type, String source)
      throws Exception {
    String id = UUID.randomUUID().toString();
    ProducerRecord<String, byte[]> sent =
        Events.record(topic, id, type, id, "{\"runId\": \"forged\"}");
    sent.headers().remove("ce_source").add("ce_source", source.getBytes(StandardCharsets.UTF_8));
    ConsumerRecord<String, byte[]> forged = new ConsumerRecord<>(topic, 0, 0, id, sent.value());
    sent.headers().forEach(forged.headers()::add);
    assertEquals(
        Reception.DEAD_LETTER, receiver.receive(forged, event -> fail("handled: " + event)));
    String reason = reason(TestTopic.read(broker, Topics.deadLetter(topic), id, 1).get(0));
    assertTrue(reason.contains(type) && reason.contains("allowed: "), reason);
  }

  @Test
  void newsOfANewerVersionAreSkipped() {
    ConsumerRecord<String, byte[]> news =
        new ConsumerRecord<>(Topics.TRAINING_EVENTS, 0, 0, "newer", new byte[] {'{', '}'});
    String id = UUID.randomUUID().toString();
    Events.record(Topics.TRAINING_EVENTS, id, "training.dreamt.v1", "newer", "{}")
        .headers()
        .forEach(news.headers()::add);
    assertEquals(
        Reception.IGNORED, receiver.receive(news, event -> fail("what it means is not known")));
  }

  private void sendAndAwait(String runId, String key) throws Exception {
    send(
        Events.record(
            TOPIC,
            UUID.randomUUID().toString(),
            "run.cancel.requested.v1",
            key,
            "{\"runId\": \"%s\", \"unknown\": 1}".formatted(runId)));
    await().atMost(PATIENCE).until(() -> consumer.handled(runId) == 1);
  }

  private void send(ProducerRecord<String, byte[]> record) throws Exception {
    TestTopic.write(broker, record);
  }

  private static ProducerRecord<String, byte[]> event(String id, String runId) {
    return Events.record(TOPIC, id, new RunCancelRequested(runId));
  }

  private ConsumerRecord<String, byte[]> deadLetter(String key) {
    return TestTopic.read(broker, Topics.deadLetter(TOPIC), key, 1).get(0);
  }

  private static String reason(ConsumerRecord<String, byte[]> letter) {
    return new String(
        letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
  }
}
