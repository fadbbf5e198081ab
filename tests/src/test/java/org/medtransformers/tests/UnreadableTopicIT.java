package org.medtransformers.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StandardLayout;

/** A topic may hold what others have compressed, by a codec that a service cannot load. */
class UnreadableTopicIT {
  private static final String SERVICE = "eval-service";

  /** Longer than the channel tries, which here is some seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aServiceThatCannotReadItsTopicIsNotAlive() throws Exception {
    Path root = Files.createDirectories(Path.of("target", "unreadable").toAbsolutePath());
    Path home = Files.createTempDirectory(root, "home");
    // As in a folder for temporary files from which nothing may be loaded.
    Map<String, String> withoutZstd =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-DZstdNativePath=/nowhere",
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_RETRY_MAX_WAIT",
            "1");
    StackState state =
        LocalStack.start(
            StandardLayout.of(
                    home, Path.of("..").toRealPath(), OptionalInt.empty(), 1, Topics.all())
                .only(SERVICE)
                .with(withoutZstd)
                .ownedByThisProcess(),
            progress -> {});
    try {
      URI service = state.part(SERVICE).orElseThrow().url();
      assertEquals(200, live(service).statusCode());
      send(Suite.broker(home));
      await().atMost(PATIENCE).until(() -> live(service).statusCode() == 503);
      assertTrue(live(service).body().contains("evaluation-commands"), live(service)::body);
    } finally {
      LocalStack.stop(home);
    }
  }

  private static void send(Map<String, Object> broker) throws Exception {
    byte[] value = "{}".repeat(100).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("compression.type", "zstd");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.EVALUATION_COMMANDS, "key", value)).get();
    }
  }

  private HttpResponse<String> live(URI service) throws Exception {
    return http.send(
        HttpRequest.newBuilder(service.resolve("/q/health/live")).build(), BodyHandlers.ofString());
  }
}
