package org.medtransformers.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.localstack.BrokerSettings;
import org.medtransformers.localstack.FreePorts;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;

/**
 * The images, pulled from a registry and run as a cluster would: not as root, on a root file system
 * that may only be read, without capabilities, in little memory.
 */
class ContainersIT {
  private static final Path ROOT = Path.of("target", "containers").toAbsolutePath();
  private static final Path DATA = ROOT.resolve("data");
  private static final String USER = "10001:10001";

  /** What an image may take, unpacked, in MB. */
  private static final String TOKEN = "token-of-the-installation-0123456789abcdef";

  private static final Map<String, Integer> SIZES =
      Map.of(
          "gateway", 200,
          "data-service", 220,
          "trainer-service", 800,
          "eval-service", 800,
          "medtransformers-cli", 800);

  private static final Map<String, Integer> PORTS =
      Map.of(
          "gateway", FreePorts.next(),
          "data-service", FreePorts.next(),
          "eval-service", FreePorts.next());

  private static Path home;
  private static Podman podman;
  private static LocalBroker broker;
  private static LocalDatabase database;
  private static Experiments experiments;
  private static JsonNode undisturbed;

  @BeforeAll
  static void startAll() throws Exception {
    Files.createDirectories(DATA);
    new PhantomDataset(160, 96, 3).write(DATA);
    Path fresh = Files.createTempDirectory(ROOT, "run");
    home = Files.createDirectory(fresh.resolve("home"));
    Files.writeString(home.resolve("token"), TOKEN);
    call("chown", "--recursive", USER, home.toString());
    podman = new Podman(ROOT);
    for (String name : SIZES.keySet()) {
      podman.call("pull", "--quiet", "--tls-verify=false", image(name)).succeeded();
    }
    broker = new LocalBroker(BrokerSettings.onFreePorts(fresh.resolve("kafka"))).start();
    broker.createTopics(Topics.all(), 1);
    database = LocalDatabase.forTests(fresh.resolve("postgres"), FreePorts.next()).start();
    Stream.of("gateway", "data", "trainer", "eval").forEach(database::createDatabase);
    for (String service : PORTS.keySet()) {
      start(service, service, Map.of());
    }
    for (String service : PORTS.keySet()) {
      await(service).atMost(Experiments.PATIENCE).until(() -> ready(service));
    }
    experiments = new Experiments(home, url("gateway"), TOKEN);
    String trainer = start("trainer-service", "trainer", Map.of());
    undisturbed = experiments.awaitEnd(experiments.submit(document()));
    assertEquals("SUCCEEDED", undisturbed.at("/experiment/state").asText(), () -> logs(trainer));
    podman.call("stop", "--time=30", trainer).succeeded();
  }

  @AfterAll
  static void stopAll() {
    podman.close();
    if (broker != null) {
      broker.stop();
    }
    if (database != null) {
      database.stop();
    }
  }

  @Test
  void aTerminatedTrainingGoesOnInAnotherContainerAndEndsWithTheSameMetrics() throws Exception {
    String first = start("trainer-service", "terminated", Map.of());
    String id = experiments.submit(document());
    experiments.awaitIteration(id, 80);
    podman.call("stop", "--time=30", first).succeeded();
    assertNotEquals(137, podman.exitCode(first), () -> logs(first));

    String second = start("trainer-service", "successor", Map.of());
    JsonNode experiment = experiments.awaitEnd(id);
    podman.call("stop", "--time=30", second).succeeded();

    assertEndsLikeTheUndisturbedRun(experiment, second);
    List<JsonNode> started = experiments.history(id, "training.started.v1").toList();
    assertEquals(2, started.size(), started::toString);
    assertTrue(started.get(1).path("firstIteration").asInt() > 80, started::toString);
  }

  @Test
  void aTrainerForOneJobEndsByItselfWhenThatIsDone() throws Exception {
    String desk = start("trainer-service", "desk", Map.of("MEDTRANS_JOBS_CONCURRENCY", "0"));
    // One after the other, so that it is known whose turn it is; and a trainer for one job that
    // finds none ends at once.
    String id = experiments.submit(document());
    await("a trainer's turn").atMost(Experiments.PATIENCE).until(() -> openJobs() == 1);
    String other = experiments.submit(document());
    await("another turn").atMost(Experiments.PATIENCE).until(() -> openJobs() == 2);
    String job =
        start(
            "trainer-service",
            "job",
            Map.of("MEDTRANS_TRAINER_JOBS", "1", "MEDTRANS_TRAINER_COMMANDS", "false"));
    assertEquals(0, podman.exitCode(job), () -> logs(job));

    assertEndsLikeTheUndisturbedRun(experiments.awaitEnd(id), job);
    assertEquals(0, experiments.experiment(other).at("/runs/0/progress/iteration").asInt());

    String terminated =
        start("trainer-service", "terminated-job", Map.of("MEDTRANS_TRAINER_JOBS", "1"));
    experiments.awaitIteration(other, 80);
    podman.call("stop", "--time=30", terminated).succeeded();
    assertEquals(0, podman.exitCode(terminated), () -> logs(terminated));
    assertEquals("TRAINING", experiments.experiment(other).at("/runs/0/state").asText());

    String last = start("trainer-service", "last-job", Map.of("MEDTRANS_TRAINER_JOBS", "1"));
    assertEndsLikeTheUndisturbedRun(experiments.awaitEnd(other), last);
    assertEquals(0, podman.exitCode(last), () -> logs(last));

    String idle = start("trainer-service", "idle-job", Map.of("MEDTRANS_TRAINER_JOBS", "1"));
    assertEquals(0, podman.exitCode(idle), () -> logs(idle));
    podman.call("stop", "--time=30", desk).succeeded();
  }

  private static long openJobs() throws SQLException {
    try (Connection connection = database.connect("trainer");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM job WHERE state <> 'DONE'")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void theCommandPrintsTheTable() throws IOException {
    String table =
        podman
            .call(
                "run",
                "--rm",
                "--network=host",
                "--read-only",
                "--cap-drop=ALL",
                "--env=MEDTRANS_GATEWAY=" + url("gateway"),
                "--env=MEDTRANS_TOKEN=" + TOKEN,
                image("medtransformers-cli"),
                "results",
                undisturbed.at("/experiment/id").asText())
            .succeeded()
            .output();
    assertTrue(table.contains("test_resnet"), table);
  }

  @Test
  void imagesAreSmallAndSayWhatTheyAre() throws IOException {
    for (String name : SIZES.keySet()) {
      String image = image(name);
      long megabytes = Long.parseLong(inspect(image, "{{.Size}}")) / 1_000_000;
      System.out.printf("%s: %d MB%n", name, megabytes);
      assertTrue(megabytes <= SIZES.get(name), name + ": " + megabytes + " MB");
      assertEquals(USER, inspect(image, "{{.Config.User}}"));
      for (String label : List.of("version", "revision", "source")) {
        String value =
            inspect(image, "{{index .Config.Labels \"org.opencontainers.image." + label + "\"}}");
        assertTrue(!value.isBlank() && !value.equals("<no value>"), name + ": " + label);
      }
      assertNotEquals(
          0, podman.call("run", "--rm", "--entrypoint=/bin/sh", image, "-c", "true").status());
    }
  }

  private static void assertEndsLikeTheUndisturbedRun(JsonNode experiment, String trainer) {
    assertEquals("SUCCEEDED", experiment.at("/experiment/state").asText(), () -> logs(trainer));
    assertEquals(undisturbed.at("/runs/0/metrics"), experiment.at("/runs/0/metrics"));
  }

  private static JsonNode document() throws IOException {
    return Experiments.document(Path.of("/data"));
  }

  private static String start(String service, String name, Map<String, String> more)
      throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    String databaseName = service.replace("-service", "");
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(databaseName));
    LocalDatabase.Owner owner = database.owner(databaseName);
    environment.put("QUARKUS_DATASOURCE_USERNAME", owner.user());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", owner.password());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(PORTS.getOrDefault(service, 0)));
    environment.put("MEDTRANS_DATA_ROOTS", "/data");
    environment.put(
        "MEDTRANS_ACCESS_SERVICE_KEY", "a key of containers that are tested, no others");
    environment.put("MEDTRANS_ACCESS_TOKEN_FILE", "/var/lib/medtrans/token");
    environment.put("MEDTRANS_DATA_SERVICE_URL", url("data-service").toString());
    environment.put("MEDTRANS_GATEWAY_URL", url("gateway").toString());
    String memory = SIZES.get(service) < 500 ? "768m" : "2g";
    return podman.start(name, image(service), Podman.restricted(memory, home, DATA), environment);
  }

  /** The reference, with its digest, that was pushed. */
  private static String image(String name) throws IOException {
    return Files.readAllLines(Path.of("..", "images", "target", "pushed.txt")).stream()
        .filter(reference -> reference.contains("/" + name + "@"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no image of " + name + " was pushed"));
  }

  private static String inspect(String image, String format) {
    return podman.call("image", "inspect", "--format", format, image).succeeded().output().strip();
  }

  private static URI url(String service) {
    return URI.create("http://127.0.0.1:" + PORTS.get(service));
  }

  private static boolean ready(String service) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url(service).resolve("/q/health/ready")).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String logs(String container) {
    return podman.logs(container);
  }

  private static void call(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
