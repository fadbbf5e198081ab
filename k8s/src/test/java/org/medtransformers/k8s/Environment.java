package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What services are told is what they listen to. */
final class Environment {
  private Environment() {}

  static Stream<String> isKnown(Manifests manifests) {
    return manifests
        .pods()
        .flatMap(
            pod ->
                pod.containers()
                    .filter(Pod::ours)
                    .flatMap(c -> variables(manifests, c))
                    .filter(name -> !KnownKeys.get().isVariable(name))
                    .map(name -> pod + " is told " + name + ", which no service knows"));
  }

  /** What {@code container} is told by the variable {@code name}, not by a Secret. */
  static Optional<String> value(Manifests manifests, JsonNode container, String name) {
    return Stream.concat(
            Pod.stream(container.path("env"))
                .filter(e -> e.path("name").asText().equals(name))
                .map(e -> e.path("value").asText()),
            maps(manifests, container).map(map -> map.at("/data").path(name).asText()))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Stream<String> variables(Manifests manifests, JsonNode container) {
    return Stream.concat(
        Pod.stream(container.path("env")).map(e -> e.path("name").asText()),
        maps(manifests, container)
            .flatMap(c -> c.at("/data").properties().stream())
            .map(Map.Entry::getKey));
  }

  private static Stream<Manifest> maps(Manifests manifests, JsonNode container) {
    return Pod.stream(container.path("envFrom"))
        .flatMap(e -> manifests.find("ConfigMap", e.at("/configMapRef/name").asText()).stream());
  }
}
