package org.medtransformers.tests.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The alerting rules. */
final class Alerts {
  static final Path FOLDER = Path.of("..", "k8s", "alerts");
  static final Path RULES = FOLDER.resolve("medtransformers.rules.yml");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Alerts() {}

  static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  static List<JsonNode> rules() throws IOException {
    return Dashboard.elements(yaml(RULES).path("groups"))
        .flatMap(group -> Dashboard.elements(group.path("rules")))
        .toList();
  }
}
