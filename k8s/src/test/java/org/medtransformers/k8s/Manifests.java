package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is applied together. */
record Manifests(List<Manifest> all) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Manifests of(Path file) {
    try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(file))) {
      List<Manifest> all = new ArrayList<>();
      YAML.readValues(parser, JsonNode.class).forEachRemaining(d -> all.add(new Manifest(d)));
      return new Manifests(List.copyOf(all));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Stream<Manifest> ofKind(String kind) {
    return all.stream().filter(m -> m.kind().equals(kind));
  }

  Optional<Manifest> find(String kind, String name) {
    return all.stream().filter(m -> m.is(kind, name)).findFirst();
  }

  Stream<Pod> pods() {
    return all.stream().flatMap(Manifest::pods);
  }

  /**
   * The pods whose labels a selector with {@code matchLabels} and {@code matchExpressions} means.
   */
  Stream<Pod> selectedBy(JsonNode selector) {
    return pods().filter(pod -> matches(selector, pod.labels()));
  }

  static boolean matches(JsonNode selector, JsonNode labels) {
    boolean equal =
        selector.path("matchLabels").properties().stream()
            .allMatch(l -> labels.path(l.getKey()).equals(l.getValue()));
    return equal
        && StreamSupport.stream(selector.path("matchExpressions").spliterator(), false)
            .allMatch(e -> expression(e, labels));
  }

  private static boolean expression(JsonNode expression, JsonNode labels) {
    if (!expression.path("operator").asText().equals("In")) {
      throw new IllegalArgumentException("not known here: " + expression);
    }
    String value = labels.path(expression.path("key").asText()).asText();
    return Pod.stream(expression.path("values")).anyMatch(v -> v.asText().equals(value));
  }
}
