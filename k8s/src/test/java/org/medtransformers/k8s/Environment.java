package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
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

  private static Stream<String> variables(Manifests manifests, JsonNode container) {
    return Stream.concat(
        Pod.stream(container.path("env")).map(e -> e.path("name").asText()),
        Pod.stream(container.path("envFrom"))
            .flatMap(e -> manifests.find("ConfigMap", e.at("/configMapRef/name").asText()).stream())
            .flatMap(c -> c.at("/data").properties().stream())
            .map(Map.Entry::getKey));
  }
}
