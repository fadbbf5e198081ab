package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Services can know each other. */
final class AccessPolicies {
  private static final String SERVICE_KEY = "MEDTRANS_ACCESS_SERVICE_KEY_FILE";
  private static final String METRICS_TOKEN = "MEDTRANS_ACCESS_METRICS_TOKEN_FILE";

  private AccessPolicies() {}

  /**
   * Each finds the key of the services and the token of the metrics, in a Secret that is mounted.
   */
  static Stream<String> keysAreThere(Manifests manifests) {
    return manifests
        .pods()
        .flatMap(
            pod ->
                pod.containers()
                    .filter(Pod::ours)
                    .flatMap(
                        container ->
                            Stream.of(SERVICE_KEY, METRICS_TOKEN)
                                .filter(name -> !isThere(manifests, pod, container, name))
                                .map(name -> pod + " finds no Secret where " + name + " says")));
  }

  private static boolean isThere(Manifests manifests, Pod pod, JsonNode container, String name) {
    Optional<Path> file = Environment.value(manifests, container, name).map(Path::of);
    return file.isPresent()
        && Pod.stream(container.path("volumeMounts"))
            .filter(mount -> file.get().startsWith(mount.path("mountPath").asText()))
            .map(mount -> mount.path("name").asText())
            .anyMatch(volume -> isSecret(manifests, pod, volume, file.get()));
  }

  private static boolean isSecret(Manifests manifests, Pod pod, String name, Path file) {
    return Pod.stream(pod.spec().path("volumes"))
        .filter(volume -> volume.path("name").asText().equals(name))
        .map(volume -> volume.at("/secret/secretName").asText())
        .anyMatch(s -> References.hasSecret(manifests, s, file.getFileName().toString()));
  }
}
