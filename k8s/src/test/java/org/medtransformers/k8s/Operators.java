package org.medtransformers.k8s;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators make of their resources, by their documentation. */
final class Operators {
  private Operators() {}

  /** Strimzi and CloudNativePG make Services. */
  static boolean serves(Manifests manifests, String host, String port) {
    Stream<String> kafka =
        manifests
            .ofKind("Kafka")
            .flatMap(
                k ->
                    Pod.stream(k.at("/spec/kafka/listeners"))
                        .map(l -> k.name() + "-kafka-bootstrap:" + l.path("port").asText()));
    Stream<String> postgres = manifests.ofKind("Cluster").map(c -> c.name() + "-rw:5432");
    return Stream.concat(kafka, postgres).anyMatch((host + ":" + port)::equals);
  }

  /** … and Secrets: each user's password, and the certificates of their authorities. */
  static Set<String> secrets(Manifests manifests) {
    String prefix =
        manifests
            .ofKind("Kafka")
            .map(k -> k.at("/spec/entityOperator/userOperator/secretPrefix").asText())
            .findFirst()
            .orElse("");
    return Stream.of(
            manifests.ofKind("Kafka").map(k -> k.name() + "-cluster-ca-cert"),
            manifests.ofKind("KafkaUser").map(u -> prefix + u.name()),
            manifests.ofKind("Cluster").map(c -> c.name() + "-ca"))
        .flatMap(s -> s)
        .collect(Collectors.toSet());
  }
}
