package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.result.DeadLetterView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.CloudEvents;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.PlainKafka;
import org.medtransformers.localstack.testing.ExpectsErrors;
import org.medtransformers.service.database.Database;

/** Every letter here has a key of its own, by which it is found among those of other tests. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class DeadLettersTest {
  private static final String LETTERS = "/api/v1/dead-letters";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] NO_TEXT = {(byte) 0xff, 0, 0x1b, '[', '2', 'J', (byte) 0xc3};

  @Inject Database database;
  @Inject MeterRegistry registry;

  private final String key = UUID.randomUUID().toString();

  @Test
  void theLettersOfAllTopicsAreKept() {
    String channel = "mp.messaging.incoming.dead-letters.topics";
    Set<String> read =
        Set.of(ConfigProvider.getConfig().getValue(channel, String.class).split(",", -1));
    Set<String> all =
        Topics.all().stream()
            .filter(topic -> !Topics.ofDeadLetter(topic).equals(topic))
            .collect(Collectors.toSet());
    assertEquals(all, read);
  }

  @Test
  @ExpectsErrors("into the dead-letter topic")
  void whatTheGatewayCannotHandleIsListedAndShownAsItCame() {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.EXPERIMENT_REQUESTS, key, NO_TEXT);
    record.headers().add("own", "header".getBytes(StandardCharsets.UTF_8));
    PlainKafka.send(record);
    DeadLetterView letter = awaited("waiting");
    assertEquals(Topics.EXPERIMENT_REQUESTS, letter.topic());
    assertEquals("gateway", letter.service());
    assertEquals("header ce_specversion is missing", letter.reason());
    assertEquals(NO_TEXT.length, letter.bytes());
    DeadLetterDetail detail = detail(letter.id());
    assertEquals(List.of(new DeadLetterDetail.Header("own", "header")), detail.headers());
    assertFalse(detail.truncated());
    assertArrayEquals(
        NO_TEXT,
        given().get(LETTERS + "/" + letter.id() + "/value").then().extract().asByteArray());
  }

  @Test
  void aReplayedRequestHasItsEffectOnceHoweverOftenItIsReplayed() {
    ProducerRecord<String, byte[]> request =
        CloudEvents.record(
            Topics.EXPERIMENT_REQUESTS,
            key,
            new ExperimentEvent.Requested(Documents.single("demo")));
    putAside(request, "as if a version had not known it");
    DeadLetterView letter = awaited("waiting");
    assertEquals("experiment.requested.v1", letter.type());
    assertEquals(key, letter.event());
    try (KafkaConsumer<String, byte[]> requests =
        PlainKafka.consumer(List.of(Topics.EXPERIMENT_REQUESTS))) {
      assertEquals(DeadLetterState.REPLAYED, replayed(letter.id()).state());
      assertEquals(DeadLetterState.REPLAYED, replayed(letter.id()).state());
      await().atMost(PATIENCE).until(() -> experiments() == 1);
      ConsumerRecord<String, byte[]> sent = requests.poll(PATIENCE).iterator().next();
      assertArrayEquals(request.value(), sent.value());
      assertEquals(request.key(), sent.key());
      assertArrayEquals(request.headers().toArray(), sent.headers().toArray());
    }
    // As if the answer of the replay, and with it its mark, had been lost.
    database.update(
        "UPDATE dead_letter SET state = 'WAITING' WHERE id = ?", UUID.fromString(letter.id()));
    replayed(letter.id());
    PlainKafka.send(
        CloudEvents.record(
            Topics.EXPERIMENT_REQUESTS,
            key + "-last",
            new ExperimentEvent.Requested(Documents.single("demo"))));
    await().atMost(PATIENCE).until(() -> experiments() == 2);
    refusedToDrop(letter.id(), "was replayed");
  }

  @Test
  void aDroppedLetterIsNotReplayed() {
    putAside(new ProducerRecord<>(Topics.TRAINING_EVENTS, key, NO_TEXT), "nothing");
    String id = awaited("waiting").id();
    given().delete(LETTERS + "/" + id).then().statusCode(204);
    given().delete(LETTERS + "/" + id).then().statusCode(204);
    assertEquals(List.of(), found("waiting"));
    assertEquals(DeadLetterState.DROPPED, found("dropped").get(0).state());
    given()
        .post(LETTERS + "/" + id + "/replay")
        .then()
        .statusCode(409)
        .body("detail", containsString("was dropped at"));
  }

  @Test
  void aLetterThatIsPutTwiceIsOne() {
    ProducerRecord<String, byte[]> letter = letter(Topics.DATASET_EVENTS, "again");
    PlainKafka.send(letter);
    PlainKafka.send(letter);
    PlainKafka.send(letter(Topics.DATASET_EVENTS, "last"));
    await().atMost(PATIENCE).until(() -> found("all").size() == 2);
    assertEquals(
        Set.of("again", "last"),
        found("all").stream().map(DeadLetterView::reason).collect(Collectors.toSet()));
  }

  @Test
  void nothingThatASenderWritesKeepsALetterOut() {
    ProducerRecord<String, byte[]> hostile =
        new ProducerRecord<>(
            Topics.deadLetter(Topics.TRAINING_EVENTS),
            0,
            System.currentTimeMillis() + Duration.ofMinutes(30).toMillis(),
            key + "\0\u001b[2J",
            (byte[]) null);
    for (String name : List.of("id", "partition", "offset", "service", "reason")) {
      hostile.headers().add("dead-letter-" + name, "\0\u001b".getBytes(StandardCharsets.UTF_8));
    }
    hostile.headers().add("\0", null);
    PlainKafka.send(hostile);
    DeadLetterView letter =
        await()
            .atMost(PATIENCE)
            .until(
                () -> page("waiting").stream().filter(l -> has(l, key + "\0\u001b[2J")).toList(),
                found -> !found.isEmpty())
            .get(0);
    assertTrue(letter.at().isBefore(Instant.now().plusSeconds(1)));
    assertNull(letter.partition());
    assertNull(letter.offset());
    assertEquals("\uFFFD\u001b", letter.reason());
    assertNull(detail(letter.id()).text());
    assertEquals(List.of(new DeadLetterDetail.Header("\0", null)), detail(letter.id()).headers());
  }

  @Test
  void aLetterWithoutItsValueIsNotReplayed() {
    ProducerRecord<String, byte[]> letter = letter(Topics.EXPERIMENT_EVENTS, "too large");
    letter.headers().add("dead-letter-omitted", "9000000".getBytes(StandardCharsets.UTF_8));
    PlainKafka.send(letter);
    DeadLetterView kept = awaited("waiting");
    assertEquals(9_000_000, kept.bytes());
    for (var answer :
        List.of(
            given().post(LETTERS + "/" + kept.id() + "/replay"),
            given().accept("*/*").get(LETTERS + "/" + kept.id() + "/value"))) {
      answer.then().statusCode(409).body("detail", containsString("9000000 bytes were too many"));
    }
  }

  @ParameterizedTest
  @CsvSource({"65536, false", "65537, true"})
  void theBeginningOfALongValueIsShown(int bytes, boolean truncated) {
    byte[] value = new byte[bytes];
    Arrays.fill(value, (byte) 'x');
    putAside(new ProducerRecord<>(Topics.DATASET_EVENTS, key, value), "long");
    DeadLetterDetail detail = detail(awaited("waiting").id());
    assertEquals(65_536, detail.text().length());
    assertEquals(truncated, detail.truncated());
  }

  @Test
  void howManyWaitIsMeasured() {
    double before = waiting();
    putAside(new ProducerRecord<>(Topics.EVALUATION_COMMANDS, key, NO_TEXT), "measured");
    await().atMost(PATIENCE).until(() -> waiting() == before + 1);
    given().delete(LETTERS + "/" + awaited("waiting").id()).then().statusCode(204);
    await().atMost(PATIENCE).until(() -> waiting() == before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=0", "size=101", "page=-1", "state=lost"})
  void aPageThatIsNoneIsRefused(String query) {
    given().get(LETTERS + "?" + query).then().statusCode(400);
  }

  @Test
  void pagesHaveTheNewestFirst() {
    putAside(new ProducerRecord<>(Topics.DATASET_EVENTS, key, NO_TEXT), "older");
    awaited("waiting");
    putAside(new ProducerRecord<>(Topics.DATASET_EVENTS, key, NO_TEXT), "newer");
    await().atMost(PATIENCE).until(() -> found("waiting").size() == 2);
    DeadLetterPage first = page("waiting", 0, 1);
    assertEquals("newer", first.items().get(0).reason());
    assertEquals("older", page("waiting", 1, 1).items().get(0).reason());
    assertTrue(first.total() >= 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "00000000-0000-0000-0000-000000000000"})
  void anIdOfNoneIsNotFound(String id) {
    given().get(LETTERS + "/" + id).then().statusCode(404);
    given().accept("*/*").get(LETTERS + "/" + id + "/value").then().statusCode(404);
    given().post(LETTERS + "/" + id + "/replay").then().statusCode(404);
    given().delete(LETTERS + "/" + id).then().statusCode(404);
  }

  /** As a service does it. */
  private static void putAside(ProducerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(record.topic()),
            null,
            record.key(),
            record.value(),
            record.headers());
    letter.headers().add("dead-letter-reason", reason.getBytes(StandardCharsets.UTF_8));
    letter
        .headers()
        .add("dead-letter-id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    PlainKafka.send(letter);
  }

  private ProducerRecord<String, byte[]> letter(String topic, String reason) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(Topics.deadLetter(topic), key, null);
    letter.headers().add("dead-letter-reason", reason.getBytes(StandardCharsets.UTF_8));
    letter.headers().add("dead-letter-id", (key + reason).getBytes(StandardCharsets.UTF_8));
    return letter;
  }

  private DeadLetterView awaited(String state) {
    return await().atMost(PATIENCE).until(() -> found(state), found -> !found.isEmpty()).get(0);
  }

  private List<DeadLetterView> found(String state) {
    return page(state).stream().filter(letter -> has(letter, key)).toList();
  }

  private static boolean has(DeadLetterView letter, String key) {
    return key.equals(letter.key()) || key.equals(letter.event());
  }

  private static List<DeadLetterView> page(String state) {
    return page(state, 0, 100).items();
  }

  private static DeadLetterPage page(String state, int page, int size) {
    return Json.read(
        given()
            .get(LETTERS + "?state=" + state + "&page=" + page + "&size=" + size)
            .then()
            .statusCode(200)
            .extract()
            .asString(),
        DeadLetterPage.class);
  }

  private static DeadLetterDetail detail(String id) {
    return Json.read(
        given().get(LETTERS + "/" + id).then().statusCode(200).extract().asString(),
        DeadLetterDetail.class);
  }

  private static DeadLetterView replayed(String id) {
    return Json.read(
        given().post(LETTERS + "/" + id + "/replay").then().statusCode(200).extract().asString(),
        DeadLetterView.class);
  }

  private static void refusedToDrop(String id, String why) {
    given().delete(LETTERS + "/" + id).then().statusCode(409).body("detail", containsString(why));
  }

  private double waiting() {
    return registry
        .get("medtrans.dead.letters.waiting")
        .tag("topic", Topics.EVALUATION_COMMANDS)
        .gauge()
        .value();
  }

  private long experiments() {
    return database
        .query(
            "SELECT count(*) FROM experiment WHERE idempotency_key LIKE ?",
            row -> row.getLong(1),
            "%" + key + "%")
        .get(0);
  }
}
