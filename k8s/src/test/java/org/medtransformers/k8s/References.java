package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/** Every Secret, ConfigMap, claim and account that is named is there. */
final class References {
  /** What a user makes for production; README.md says how. */
  static final Set<String> SECRETS_OF_THE_USER =
      Set.of(
          "gateway-db",
          "data-service-db",
          "trainer-service-db",
          "eval-service-db",
          "medtrans-tls",
          "medtrans-access");

  private References() {}

  static Stream<String> exist(Manifests manifests) {
    return Stream.of(
            manifests.pods().flatMap(pod -> ofPod(manifests, pod)),
            manifests
                .ofKind("Ingress")
                .flatMap(i -> Pod.stream(i.at("/spec/tls")))
                .flatMap(tls -> secret(manifests, tls.path("secretName").asText(), "")),
            manifests
                .ofKind("TriggerAuthentication")
                .flatMap(t -> Pod.stream(t.at("/spec/secretTargetRef")))
                .flatMap(r -> secret(manifests, r.path("name").asText(), r.path("key").asText())),
            manifests
                .ofKind("ScaledJob")
                .flatMap(j -> Pod.stream(j.at("/spec/triggers")))
                .flatMap(
                    t ->
                        named(manifests, "TriggerAuthentication", t.at("/authenticationRef/name"))),
            manifests
                .ofKind("Cluster")
                .flatMap(c -> Pod.stream(c.at("/spec/managed/roles")))
                .flatMap(r -> secret(manifests, r.at("/passwordSecret/name").asText(), "")))
        .flatMap(s -> s);
  }

  private static Stream<String> ofPod(Manifests manifests, Pod pod) {
    return Stream.of(
            named(manifests, "ServiceAccount", pod.spec().path("serviceAccountName")),
            Pod.stream(pod.spec().path("volumes")).flatMap(v -> ofVolume(manifests, v)),
            Pod.stream(pod.spec().path("resourceClaims"))
                .flatMap(
                    c ->
                        named(
                            manifests,
                            "ResourceClaimTemplate",
                            c.path("resourceClaimTemplateName"))),
            pod.containers().flatMap(c -> ofContainer(manifests, pod, c)))
        .flatMap(s -> s)
        .map(complaint -> pod + ": " + complaint);
  }

  private static Stream<String> ofVolume(Manifests manifests, JsonNode volume) {
    return Stream.of(
            named(manifests, "ConfigMap", volume.at("/configMap/name")),
            named(
                manifests, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName")),
            volume.has("secret")
                ? secret(manifests, volume.at("/secret/secretName").asText(), "")
                : Stream.<String>empty())
        .flatMap(s -> s);
  }

  private static Stream<String> ofContainer(Manifests manifests, Pod pod, JsonNode container) {
    return Stream.of(
            Pod.stream(container.path("envFrom"))
                .flatMap(e -> named(manifests, "ConfigMap", e.at("/configMapRef/name"))),
            Pod.stream(container.path("env"))
                .map(e -> e.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .flatMap(r -> secret(manifests, r.path("name").asText(), r.path("key").asText())),
            Pod.stream(container.path("volumeMounts"))
                .map(mount -> mount.path("name").asText())
                .filter(name -> !isVolume(pod, name))
                .map(name -> "no volume " + name))
        .flatMap(s -> s);
  }

  private static boolean isVolume(Pod pod, String name) {
    return Stream.concat(
            Pod.stream(pod.spec().path("volumes")),
            Pod.stream(pod.owner().at("/spec/volumeClaimTemplates")).map(c -> c.path("metadata")))
        .anyMatch(v -> v.path("name").asText().equals(name));
  }

  private static Stream<String> named(Manifests manifests, String kind, JsonNode name) {
    return name.isMissingNode() || manifests.find(kind, name.asText()).isPresent()
        ? Stream.empty()
        : Stream.of("there is no " + kind + " " + name.asText());
  }

  private static Stream<String> secret(Manifests manifests, String name, String key) {
    boolean there =
        manifests
            .find("Secret", name)
            .map(secret -> key.isEmpty() || secret.at("/data").has(key))
            .orElse(
                Operators.secrets(manifests).contains(name) || SECRETS_OF_THE_USER.contains(name));
    return there ? Stream.empty() : Stream.of("there is no Secret " + name + " with " + key);
  }
}
