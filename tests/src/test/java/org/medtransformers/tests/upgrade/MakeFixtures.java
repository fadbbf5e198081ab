package org.medtransformers.tests.upgrade;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.localstack.StackStatus;
import org.medtransformers.tests.Records;
import org.medtransformers.tests.Suite;

/**
 * Records what a release leaves behind, for all later ones to read: {@code MakeFixtures <folder>
 * <images> <home>}. Runs the packaged suite of this checkout; README.md in {@code upgrade} says
 * how.
 *
 * <p>One experiment ends, others are refused, fail and are cancelled, so that every type of event
 * is sent. Then one is stopped in mid-training, with the broker away: a checkpoint lies on the
 * disk, the job is queued, and what was last said of it waits in the outbox.
 */
final class MakeFixtures implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String VIEW =
      "{\"RandomResizedCrop\": {\"apply\": true, \"size\": 8, \"scale\": [0.4, 1]}}";

  private final Path out;
  private final Path images;
  private final Path home;
  private Suite suite;

  private MakeFixtures(Path out, Path images, Path home) throws IOException {
    this.out = out;
    this.images = images;
    this.home = home;
    this.suite = Suite.start(home, images, 1, Map.of());
  }

  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[0]).toAbsolutePath();
    Path images = Path.of(args[1]).toAbsolutePath();
    FileUtils.deleteDirectory(out.toFile());
    new PhantomDataset(24, 16, 3).write(images);
    new PhantomDataset(24, 16, 4).write(images.resolve("broken"));
    new PhantomDataset(400, 192, 5).write(images.resolve("other"));
    Files.writeString(images.resolve("broken/APTOS2019/train_images/phantom_00003.png"), "none");
    try (MakeFixtures maker = new MakeFixtures(out, images, Path.of(args[2]).toAbsolutePath())) {
      maker.run();
    }
  }

  private void run() throws Exception {
    JsonNode ended = suite.experiment(requested());
    everyOtherEnd();
    String atWork = suite.submit(longer());
    suite.awaitIteration(atWork, 60);
    suite.awaitCheckpoint(atWork, 40);
    String run = run(atWork);
    String dataset =
        events("dataset.prepared.v1").stream()
            .filter(event -> event.key().equals(run))
            .map(event -> event.data().at("/dataset/id").asText())
            .findFirst()
            .orElseThrow();
    recordEvents();
    stopInMidTraining();
    keepDatabases();
    keepFolder("runs", run);
    keepFolder("datasets", dataset);
    suite = Suite.start(home, images, 1, Map.of());
    suite.awaitEnd(atWork);
    Files.writeString(
        out.resolve("expected.json"),
        Json.pretty(new Fixtures.Expected(ended, atWork, suite.run(run))));
  }

  @Override
  public void close() {
    suite.close();
  }

  /** Asked for over Kafka, with labels and without. */
  private String requested() throws Exception {
    ObjectNode document = document();
    Overrides.set(
        document,
        "experiment.matrix",
        Json.parse(
            """
            [[{"label": "random"},
              {"label": "DINO", "phases": [
                {"method": "dino", "set": {"dataset_params.train_transforms": [%1$s, %1$s]}},
                {"method": "supervised"}]}]]
            """
                .formatted(VIEW)));
    request(document);
    request(Json.parse("{\"experiment\": {\"naem\": \"misspelt\"}}"));
    String id =
        await()
            .atMost(PATIENCE)
            .until(() -> events("experiment.accepted.v1"), found -> !found.isEmpty())
            .get(0)
            .data()
            .path("experimentId")
            .asText();
    suite.awaitEnd(id);
    return id;
  }

  private void request(JsonNode document) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.EXPERIMENT_REQUESTS,
            "a client",
            Json.write(Map.of("experiment", document)).getBytes(StandardCharsets.UTF_8));
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", UUID.randomUUID().toString(),
            "ce_source", "a client",
            "ce_type", "experiment.requested.v1")
        .forEach((n, v) -> record.headers().add(n, v.getBytes(StandardCharsets.UTF_8)));
    Records.send(suite.broker(), List.of(record));
  }

  private void everyOtherEnd() throws Exception {
    ObjectNode broken = document();
    read(broken, "broken");
    suite.awaitEnd(suite.submit(broken));

    ObjectNode withoutGpu = document();
    Overrides.set(withoutGpu, "medtrans.require_gpu", Json.parse("true"));
    Overrides.set(withoutGpu, "system_params.use_GPU", Json.parse("true"));
    suite.awaitEnd(suite.submit(withoutGpu));

    String trained = suite.submit(longer());
    suite.awaitIteration(trained, 20);
    suite.cancel(trained);
    suite.awaitEnd(trained);

    cancelledWhile("data-service", "PREPARING");
    cancelledWhile("eval-service", "EVALUATING");

    String evaluated = frozen("eval-service", "EVALUATING");
    FileUtils.deleteDirectory(
        home.resolve("runs").resolve(run(evaluated)).resolve("checkpoints").toFile());
    suite.signal("CONT", "eval-service");
    suite.awaitEnd(evaluated);
  }

  /** Cancels a run that waits for {@code worker}, which hears of both when it is started again. */
  private void cancelledWhile(String worker, String state) throws Exception {
    String id = frozen(worker, state);
    suite.cancel(id);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                events("run.cancel.requested.v1").stream().anyMatch(e -> e.key().equals(run(id))));
    suite.kill(worker);
    suite.awaitEnd(id);
  }

  /** An experiment that has come to {@code worker}, which does not answer. */
  private String frozen(String worker, String state) throws Exception {
    suite.signal("STOP", worker);
    ObjectNode document = document();
    if (worker.equals("data-service")) {
      // One that is not prepared yet.
      read(document, "other");
    }
    String id = suite.submit(document);
    await()
        .atMost(PATIENCE)
        .until(() -> suite.experiment(id).at("/runs/0/state").asText().equals(state));
    return id;
  }

  private String run(String experiment) {
    return suite.experiment(experiment).at("/runs/0/id").asText();
  }

  private List<RecordedEvent> events(String type) {
    return Records.in(suite.broker(), Topics.all()).stream()
        .map(RecordedEvent::of)
        .filter(event -> type.equals(event.type()))
        .toList();
  }

  /** The first of each type. */
  private void recordEvents() throws IOException {
    Set<String> missing = new HashSet<>(EventTypes.all().stream().map(t -> t.name()).toList());
    Files.createDirectories(out.resolve("events"));
    for (var record : Records.in(suite.broker(), Topics.all())) {
      RecordedEvent event = RecordedEvent.of(record);
      if (missing.remove(event.type())) {
        Files.writeString(
            out.resolve("events").resolve(event.type() + ".json"), Json.pretty(event));
      }
    }
    if (!missing.isEmpty()) {
      System.err.println("never sent, try again: " + missing);
    }
  }

  /** Nobody starts anything again, and the broker ends first. */
  private void stopInMidTraining() {
    ProcessHandle supervisor =
        StackStatus.read(home).orElseThrow().supervisor().find().orElseThrow();
    List<ProcessHandle> parts =
        Stream.of("kafka", "trainer-service", "gateway", "data-service", "eval-service")
            .map(suite::process)
            .toList();
    supervisor.destroyForcibly();
    for (ProcessHandle part : parts) {
      part.destroy();
      part.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  private void keepDatabases() throws Exception {
    suite.close();
    LocalDatabase database =
        LocalDatabase.durable(home.resolve("stack/postgres"), 25_432, home.resolve("postgres.log"));
    database.start();
    try {
      for (String name : Migrations.SERVICES.keySet()) {
        try (Connection connection = database.connect(name)) {
          new DatabaseCopy(out.resolve("databases").resolve(name)).write(name, connection);
        }
      }
    } finally {
      database.stop();
    }
  }

  /** Copies a folder below {@code MEDTRANS_HOME}, without what is only for people. */
  private void keepFolder(String kind, String id) throws IOException {
    Path kept = out.resolve("home").resolve(kind).resolve(id);
    FileUtils.copyDirectory(home.resolve(kind).resolve(id).toFile(), kept.toFile());
    FileUtils.deleteDirectory(kept.resolve("tensorboard").toFile());
  }

  /** Has {@code document} read other images. */
  private void read(ObjectNode document, String folder) {
    String location = images.resolve(folder).toString();
    Overrides.set(document, "dataset_params.data_location", TextNode.valueOf(location));
  }

  private ObjectNode longer() throws IOException {
    ObjectNode document = document();
    Overrides.set(document, "training_params.epochs", Json.parse("400"));
    // Not before the end: one checkpoint is enough.
    Overrides.set(document, "training_params.val_every", Json.parse("400"));
    Overrides.set(document, "training_params.log_every", Json.parse("10"));
    return document;
  }

  private ObjectNode document() throws IOException {
    return Fixtures.document(images);
  }
}
