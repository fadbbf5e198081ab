package org.medtransformers.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The files for one machine say the same as those for a cluster. */
class ComposeTest {
  private static final Path ROOT = Path.of("..");

  /** A variable with its default, which may be empty. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  /** Of the command, whose configuration is its options. */
  private static final Set<String> COMMANDS = Set.of("MEDTRANS_GATEWAY", "MEDTRANS_TOKEN");

  private static final Manifests CLUSTER = Overlay.SMALL.manifests();

  @Test
  void whatItNamesIsThere() throws IOException {
    assertEquals(List.of(), faults(read("compose.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "/services/gateway/environment, GATEWAY_USER, gateway",
    "/services/gateway/environment, KAFKA_BOOTSTRAP_SERVERS, kafka:9093",
    "/services/eval-service/environment, MEDTRANS_DATA_SERVICE_URL, http://data:8081",
    "/services/gateway, image, medtransformers/gateway:0.0.9",
    "/services/gateway, image, medtransformers/gateways:0.1.0",
    "/services/kafka, image, docker.io/apache/kafka:3.9.0",
    "/services/gateway/volumes, 0, houses:/var/lib/medtrans",
    "/services/kafka/volumes, 0, ./k8s/server.properties:/mnt/shared/config/server.properties",
    "/services/gateway/depends_on, zookeeper, {}",
  })
  void aMistakeIsFound(String pointer, String field, String value) throws IOException {
    JsonNode broken = read("compose.yaml");
    Broken.set(broken.at(pointer), field, '"' + value + '"');
    assertFalse(faults(broken).isEmpty());
  }

  /** As one who may, in a folder that stays when the container goes. */
  @Test
  void theCommandCanLeaveResultsWhereItWorks() throws IOException {
    JsonNode command = read("compose.yaml").at("/services/cli");
    String folder = command.path("working_dir").asText();
    assertTrue(
        Pod.stream(command.path("volumes")).anyMatch(v -> v.asText().endsWith(":" + folder)),
        command::toString);
    assertTrue(command.has("user"), "the user of the image owns nothing outside of it");
  }

  @Test
  void aGpuHasTheImageThatCanUseIt() throws IOException {
    JsonNode trainer = read("compose.gpu.yaml").at("/services/trainer-service");
    Set<String> images =
        Overlay.GPU
            .manifests()
            .find("ScaledJob", "trainer")
            .orElseThrow()
            .pods()
            .flatMap(Pod::containers)
            .map(c -> c.path("image").asText())
            .collect(Collectors.toSet());
    assertEquals(images, Set.of(trainer.path("image").asText()));
  }

  private static List<String> faults(JsonNode compose) {
    Set<String> images = images();
    return compose.path("services").properties().stream()
        .flatMap(
            service ->
                Stream.of(
                        unknownVariables(service.getValue()),
                        missingParts(compose, service.getValue()),
                        missingAddresses(compose, service.getValue()),
                        otherImages(images, service.getKey(), service.getValue()))
                    .flatMap(s -> s)
                    .map(fault -> service.getKey() + ": " + fault))
        .toList();
  }

  private static Stream<String> unknownVariables(JsonNode service) {
    return Pod.ours(service)
        ? service.path("environment").properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !KnownKeys.get().isVariable(name) && !COMMANDS.contains(name))
        : Stream.empty();
  }

  private static Stream<String> missingParts(JsonNode compose, JsonNode service) {
    Stream<String> volumes =
        Pod.stream(service.path("volumes"))
            .map(volume -> volume.asText().split(":", 2)[0])
            .filter(source -> !source.equals("./data") && !isThere(compose, source));
    Stream<String> others =
        service.path("depends_on").properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !compose.path("services").has(name));
    return Stream.concat(volumes, others);
  }

  private static boolean isThere(JsonNode compose, String source) {
    return source.startsWith(".")
        ? Files.exists(ROOT.resolve(source))
        : compose.path("volumes").has(source);
  }

  private static Stream<String> missingAddresses(JsonNode compose, JsonNode service) {
    return service.path("environment").properties().stream()
        .flatMap(value -> Ports.ADDRESS.matcher(value.getValue().asText()).results())
        .filter(
            address ->
                !compose.path("services").has(address.group(1))
                    || !Ports.isServed(CLUSTER, address.group(1), address.group(2)))
        .map(MatchResult::group);
  }

  /** What a cluster runs too is of the same version, and ours is what a cluster runs. */
  private static Stream<String> otherImages(Set<String> images, String name, JsonNode service) {
    String image = service.path("image").asText();
    String repository = image.substring(0, image.lastIndexOf(':') + 1);
    boolean known = images.stream().anyMatch(i -> i.startsWith(repository));
    boolean good = known ? images.contains(image) : !Pod.ours(service) || name.equals("cli");
    return good ? Stream.empty() : Stream.of(image + " is not what a cluster runs");
  }

  private static Set<String> images() {
    return CLUSTER
        .pods()
        .flatMap(Pod::containers)
        .map(c -> c.path("image").asText())
        .collect(Collectors.toSet());
  }

  /** With the defaults of its variables. */
  private static JsonNode read(String name) throws IOException {
    String text = Files.readString(ROOT.resolve(name));
    Object document = new Yaml().load(VARIABLE.matcher(text).replaceAll("$1"));
    return new ObjectMapper().valueToTree(document);
  }
}
