package org.medtransformers.tests.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.localstack.StackStatus;
import org.medtransformers.tests.Experiments;
import org.medtransformers.tests.Suite;

/**
 * Whether dashboards and alerts show something: a Prometheus with the product's own configuration
 * scrapes the packaged suite while it trains with and without labels, one training diverges and one
 * record is not an event. What exporters say that no test can run is served from recorded text.
 */
class ObservabilityIT {
  private static final Path ROOT = Path.of("target", "observability").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a suite that is well has none of. */
  private static final Set<String> EMPTY =
      Set.of("http_server_requests_seconds_count{application=\"gateway\", status=~\"5..\"}");

  private static final List<HttpServer> EXPORTERS = new ArrayList<>();
  private static Suite suite;
  private static TraceCollector collector;
  private static Prometheus prometheus;
  private static String run;

  @BeforeAll
  static void trainWhilePrometheusLooks() throws Exception {
    Prometheus.requireInstalled();
    Path data = Files.createDirectories(ROOT.resolve("data"));
    new PhantomDataset(64, 48, 3).write(data);
    Path home = Files.createTempDirectory(ROOT, "home");
    collector = new TraceCollector();
    suite =
        Suite.start(
            home,
            data,
            1,
            Map.of(
                "MEDTRANS_GATEWAY_DISK_EVERY", "1S",
                "QUARKUS_OTEL_SDK_DISABLED", "false",
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));
    Map<String, String> targets = targets();
    prometheus =
        Prometheus.start(home.resolve("prometheus"), targets, StackStatus.metricsToken(home));
    // What rises before it is first seen does not rise.
    await("every target")
        .atMost(PATIENCE)
        .until(() -> prometheus.ask("up == 1", true).size() == targets.size());
    sendWhatIsNoEvent();
    List<String> experiments =
        List.of(
            suite.submit(supervised(data)),
            suite.submit(diverging(data)),
            suite.submit(withoutLabels(data)));
    run = suite.awaitEnd(experiments.get(0)).at("/runs/0/id").asText();
    assertEquals(
        List.of("SUCCEEDED", "FAILED", "SUCCEEDED"),
        experiments.stream()
            .map(id -> suite.awaitEnd(id).at("/experiment/state").asText())
            .toList());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (prometheus != null) {
      prometheus.close();
    }
    if (suite != null) {
      suite.close();
    }
    if (collector != null) {
      collector.close();
    }
    EXPORTERS.forEach(server -> server.stop(0));
  }

  private static Map<String, String> targets() throws IOException {
    Map<String, String> targets = new HashMap<>();
    Map.of("gateway", 8080, "data-service", 8081, "trainer-service", 8082, "eval-service", 8083)
        .forEach((name, port) -> targets.put(name + ":" + port, suite.url(name).getAuthority()));
    targets.put("dcgm-exporter:9400", exporter("dcgm.txt"));
    targets.put("kafka-exporter:9308", exporter("kafka.txt"));
    targets.put("postgres:9187", exporter("cloudnative-pg.txt"));
    return targets;
  }

  /** Serves recorded text. */
  private static String exporter(String file) throws IOException {
    byte[] text = KnownMetrics.recorded(file).getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().add("content-type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    EXPORTERS.add(server);
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static ObjectNode supervised(Path data) throws IOException {
    ObjectNode document = Experiments.document(data);
    Overrides.set(document, "experiment.name", Json.parse("\"observed\""));
    Overrides.set(document, "training_params.epochs", Json.parse("20"));
    return document;
  }

  private static ObjectNode diverging(Path data) throws IOException {
    ObjectNode document = supervised(data);
    Overrides.set(document, "experiment.name", Json.parse("\"diverging\""));
    Overrides.set(document, "optimization_params.default.optimizer.params.lr", Json.parse("1e30"));
    return document;
  }

  private static ObjectNode withoutLabels(Path data) throws IOException {
    ObjectNode document = supervised(data);
    String crop = "{\"RandomResizedCrop\": {\"apply\": true, \"size\": 32, \"scale\": [0.4, 1]}}";
    Overrides.set(document, "experiment.name", Json.parse("\"without-labels\""));
    Overrides.set(
        document, "dataset_params.train_transforms", Json.parse("[%s, %s]".formatted(crop, crop)));
    Overrides.set(document, "training_params.epochs", Json.parse("10"));
    Overrides.set(document, "medtrans.method", Json.parse("\"dino\""));
    Overrides.set(document, "model_params.backbone_type", Json.parse("\"test_vit\""));
    Overrides.set(document, "model_params.DINO", Json.parse("{\"projection_size\": 64}"));
    return document;
  }

  private static void sendWhatIsNoEvent() throws Exception {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, suite.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(Topics.EXPERIMENT_REQUESTS, "no event")).get();
    }
  }

  @Test
  void everyPanelShowsSomethingAndEveryVariableHasValues() throws Exception {
    List<Query> queries = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      queries.addAll(dashboard.queries());
      queries.addAll(dashboard.variableQueries());
    }
    assertFalse(queries.isEmpty());
    assertAnswered(queries);
  }

  /** What they compare; that they fire is tested apart, on numbers made for it. */
  @Test
  void everyAlertHasSomethingToLookAt() throws Exception {
    List<Query> queries = new ArrayList<>();
    for (JsonNode rule : Alerts.rules()) {
      for (String selector : PromQl.selectors(rule.path("expr").asText())) {
        if (!EMPTY.contains(selector)) {
          queries.add(new Query(rule.path("alert").asText(), selector, false));
        }
      }
    }
    assertAnswered(queries);
  }

  private static void assertAnswered(List<Query> queries) {
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(), unanswered(queries)));
  }

  private static List<Query> unanswered(List<Query> queries) throws Exception {
    List<Query> empty = new ArrayList<>();
    for (Query query : queries) {
      if (!hasNumber(prometheus.ask(query.expression(), query.instant()))) {
        empty.add(query);
      }
    }
    return empty;
  }

  private static boolean hasNumber(JsonNode series) {
    return Dashboard.elements(series)
        .flatMap(
            s -> s.has("value") ? Stream.of(s.get("value")) : Dashboard.elements(s.path("values")))
        .anyMatch(sample -> !sample.path(1).asText().equals("NaN"));
  }

  @Test
  void theDeadLetterAndTheDivergedTrainingAreTold() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Set<String> firing =
                  Dashboard.elements(prometheus.get("/api/v1/alerts").at("/data/alerts"))
                      .filter(alert -> alert.path("state").asText().equals("firing"))
                      .map(alert -> alert.at("/labels/alertname").asText())
                      .collect(Collectors.toCollection(TreeSet::new));
              assertEquals(Set.of("MedtransDeadLetters", "MedtransTrainingDiverged"), firing);
            });
  }

  /** And nobody exports a metric of ours that is not in the list. */
  @Test
  void whatIsListedIsWhatIsExported() throws Exception {
    Set<String> exported = new TreeSet<>();
    for (JsonNode name : prometheus.get("/api/v1/label/__name__/values").path("data")) {
      exported.add(name.asText());
    }
    Set<String> missing = new TreeSet<>(KnownMetrics.ofServices());
    missing.removeAll(exported);
    // Only weights that are fetched are.
    assertEquals(Set.of("medtrans_training_weights_downloaded_bytes"), missing);
    exported.removeIf(name -> !name.startsWith("medtrans_"));
    exported.removeAll(KnownMetrics.ofServices());
    assertEquals(Set.of(), exported);
  }

  @Test
  void aRunIsOneTraceFromItsRequestThroughAllServicesAndItsBatches() {
    Set<String> steps =
        Set.of(
            "gateway POST /api/v1/experiments",
            "data-service prepare",
            "trainer-service receive training.commands",
            "trainer-service train",
            "data-service GET /api/v1/loaders/{id}/epochs/{epoch}/batches/{batch}",
            "gateway receive training.events",
            "eval-service evaluate");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertEquals(
                    2, // the diverged training is not evaluated
                    collector.traces().stream().filter(t -> t.containsAll(steps)).count(),
                    collector.traces()::toString));
  }

  @Test
  void theSeriesOfATrainingGoWithIt() throws Exception {
    String loss = "medtrans_training_loss{run=\"%s\", experiment=\"observed\"}".formatted(run);
    assertTrue(hasNumber(prometheus.ask(loss, false)));
    await().atMost(PATIENCE).until(() -> prometheus.ask(loss, true).isEmpty());
  }
}
