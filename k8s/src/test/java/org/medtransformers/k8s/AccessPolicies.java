package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Services can know each other. */
final class AccessPolicies {
  private static final String SERVICE_KEY = "MEDTRANS_ACCESS_SERVICE_KEY";

  private AccessPolicies() {}

  /** Each has the key of the services, and that from a Secret. */
  static Stream<String> keysAreThere(Manifests manifests) {
    return manifests
        .pods()
        .flatMap(
            pod ->
                pod.containers()
                    .filter(Pod::ours)
                    .filter(container -> !hasKey(container))
                    .map(container -> pod + " has no " + SERVICE_KEY + " from a Secret"));
  }

  private static boolean hasKey(JsonNode container) {
    return Pod.stream(container.path("env"))
        .anyMatch(
            variable ->
                variable.path("name").asText().equals(SERVICE_KEY)
                    && variable.at("/valueFrom/secretKeyRef").isObject());
  }
}
