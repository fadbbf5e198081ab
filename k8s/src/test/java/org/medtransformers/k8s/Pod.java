package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a workload's pods are like.
 *
 * @param template with metadata and spec
 */
record Pod(Manifest owner, JsonNode template) {
  /** A GPU, asked for from the device plugin. */
  static final String GPU = "nvidia.com/gpu";

  JsonNode spec() {
    return template.path("spec");
  }

  JsonNode labels() {
    return template.at("/metadata/labels");
  }

  Stream<JsonNode> containers() {
    return Stream.concat(stream(spec().path("initContainers")), stream(spec().path("containers")));
  }

  /** Whether it runs one of the services, and not somebody else's image. */
  boolean ours() {
    return containers().anyMatch(Pod::ours);
  }

  static boolean ours(JsonNode container) {
    return container.path("image").asText().contains("medtransformers/");
  }

  boolean asksThePluginForAGpu() {
    return containers().anyMatch(c -> c.path("resources").path("limits").has(GPU));
  }

  boolean claimsDevices() {
    return spec().has("resourceClaims");
  }

  /** Names and numbers of all ports. */
  Set<String> ports() {
    Set<String> ports = new HashSet<>();
    containers()
        .flatMap(c -> stream(c.path("ports")))
        .forEach(
            port -> {
              ports.add(port.path("containerPort").asText());
              ports.add(port.path("name").asText());
            });
    return ports;
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return owner.toString();
  }
}
