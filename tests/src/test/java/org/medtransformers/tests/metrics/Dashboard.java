package org.medtransformers.tests.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Json;

/** A dashboard as Grafana gets it. */
record Dashboard(String file, JsonNode json) {
  static final Path FOLDER = Path.of("..", "k8s", "dashboards");

  /** What Grafana puts for what it knows by itself, for a minute of scrapes. */
  private static final Map<String, String> BUILT_IN =
      Map.of("__rate_interval", "15s", "__range", "5m", "__interval", "5s");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  static List<Dashboard> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), Json.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String uid() {
    return json.path("uid").asText();
  }

  Stream<JsonNode> panels() {
    return elements(json.path("panels"));
  }

  Stream<JsonNode> variables() {
    return elements(json.at("/templating/list"));
  }

  /** The panels that show something. */
  Stream<JsonNode> graphs() {
    return panels().filter(panel -> !panel.path("type").asText().equals("row"));
  }

  /** Everything that panels ask. */
  List<Query> queries() {
    return graphs()
        .flatMap(panel -> elements(panel.path("targets")).map(target -> query(panel, target)))
        .toList();
  }

  private Query query(JsonNode panel, JsonNode target) {
    return new Query(
        file + " » " + panel.path("title").asText(),
        fill(target.path("expr").asText()),
        target.path("instant").asBoolean());
  }

  /** By the variable's name, what it takes the values of a label of. */
  List<Query> variableQueries() {
    return variables()
        .filter(v -> v.path("type").asText().equals("query"))
        .map(
            v -> {
              Matcher asked = LABEL_VALUES.matcher(v.at("/query/query").asText());
              if (!asked.matches()) {
                throw new IllegalStateException(v.toString());
              }
              String series = fill(asked.group(1));
              return new Query(
                  file + " $" + v.path("name").asText(),
                  "count by (%s) (%s)".formatted(asked.group(2), series),
                  false);
            })
        .toList();
  }

  /** Replaces variables: those with choices by what takes all, the others by their text. */
  private String fill(String text) {
    return VARIABLE.matcher(text).replaceAll(v -> Matcher.quoteReplacement(value(v.group(1))));
  }

  private String value(String name) {
    if (BUILT_IN.containsKey(name)) {
      return BUILT_IN.get(name);
    }
    JsonNode variable =
        variables()
            .filter(v -> v.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(file + " knows no variable " + name));
    return variable.path("type").asText().equals("textbox")
        ? variable.path("query").asText()
        : ".*";
  }

  static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
