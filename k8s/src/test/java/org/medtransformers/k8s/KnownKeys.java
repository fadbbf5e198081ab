package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;

/**
 * The configuration that the services know, read from them: the interfaces that their keys are
 * mapped to, and the keys and variables in their files.
 */
final class KnownKeys {
  private static final Path ROOT = Path.of("..");
  private static final String COMMON = "libs/service";
  static final List<String> SERVICES =
      List.of("gateway", "data-service", "trainer-service", "eval-service");

  /** Of the platform: they stand in none of our files. */
  private static final Set<String> PLATFORM =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "QUARKUS_FLYWAY_CONNECT_RETRIES",
          "QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL",
          "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING",
          "QUARKUS_SHUTDOWN_TIMEOUT");

  private static final DotName MAPPING = DotName.createSimple("io.smallrye.config.ConfigMapping");
  private static final DotName DEFAULT = DotName.createSimple("io.smallrye.config.WithDefault");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_.-]*)[:}]");
  private static final KnownKeys INSTANCE = read();

  /** Each key with its default, empty where it has none or it is not in an interface. */
  private final Map<String, String> keys = new HashMap<>();

  private final Map<String, JsonNode> files = new HashMap<>();

  private KnownKeys() {}

  static KnownKeys get() {
    return INSTANCE;
  }

  private static KnownKeys read() {
    try {
      KnownKeys known = new KnownKeys();
      known.addFile(COMMON, "META-INF/microprofile-config.properties");
      known.addMappings(COMMON);
      for (String service : SERVICES) {
        known.addFile(service, "application.yaml");
        known.addMappings(service);
      }
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException("the services are not built", e);
    }
  }

  /** Whether a service is configured by the environment's variable {@code name}. */
  boolean isVariable(String name) {
    return PLATFORM.contains(name)
        || keys.keySet().stream().anyMatch(key -> variable(key).equals(name))
        || ConsumerConfig.configNames().stream()
            .anyMatch(key -> variable("kafka." + key).equals(name));
  }

  String defaultOf(String key) {
    return keys.get(key);
  }

  /** The topics that the channels of {@code service} receive, with their groups. */
  Map<String, Set<String>> receivedBy(String service) {
    Map<String, Set<String>> received = new HashMap<>();
    files
        .get(service)
        .at("/mp/messaging/incoming")
        .forEach(
            channel ->
                topics(channel)
                    .forEach(
                        topic ->
                            received
                                .computeIfAbsent(topic, t -> new HashSet<>())
                                .add(channel.at("/group/id").asText())));
    return received;
  }

  /** A channel has one, or several separated by commas. */
  private static Stream<String> topics(JsonNode channel) {
    String several = channel.path("topics").asText();
    return Stream.of((several.isEmpty() ? channel.path("topic").asText() : several).split(",", -1));
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private void addFile(String module, String name) throws IOException {
    Path file = ROOT.resolve(module).resolve("src/main/resources").resolve(name);
    String text = Files.readString(file);
    VARIABLE.matcher(text).results().forEach(match -> keys.putIfAbsent(match.group(1), ""));
    if (name.endsWith(".yaml")) {
      JsonNode document = new YAMLMapper().readTree(text);
      files.put(module, document);
      addKeys("", document);
    } else {
      Properties properties = new Properties();
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      }
      properties.stringPropertyNames().forEach(key -> keys.putIfAbsent(key, ""));
    }
  }

  private void addKeys(String prefix, JsonNode node) {
    if (!node.isObject()) {
      keys.putIfAbsent(prefix, "");
    }
    node.properties()
        .forEach(
            p -> addKeys(prefix.isEmpty() ? p.getKey() : prefix + "." + p.getKey(), p.getValue()));
  }

  private void addMappings(String module) throws IOException {
    Index index = index(ROOT.resolve(module).resolve("target/classes"));
    for (AnnotationInstance mapping : index.getAnnotations(MAPPING)) {
      addMapping(index, mapping.value("prefix").asString(), mapping.target().asClass());
    }
  }

  private void addMapping(Index index, String prefix, ClassInfo type) {
    for (MethodInfo method : type.methods()) {
      String key = prefix + "." + dashed(method.name());
      ClassInfo group = index.getClassByName(method.returnType().name());
      if (group != null && group.isInterface()) {
        addMapping(index, key, group);
      } else {
        AnnotationInstance value = method.annotation(DEFAULT);
        keys.put(key, value == null ? "" : value.value().asString());
      }
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Index index(Path classes) throws IOException {
    Indexer indexer = new Indexer();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          indexer.index(in);
        }
      }
    }
    return indexer.complete();
  }
}
