package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.TopicRights;
import org.medtransformers.contracts.event.Topics;

/** Strimzi's topics are ours, and each service may do with them what it does. */
final class KafkaPolicies {
  private KafkaPolicies() {}

  static Stream<String> topicsAreOurs(Manifests manifests) {
    Set<String> topics =
        manifests.ofKind("KafkaTopic").map(Manifest::name).collect(Collectors.toSet());
    return topics.isEmpty() || topics.equals(Set.copyOf(Topics.all()))
        ? Stream.empty()
        : Stream.of("topics are " + new TreeSet<>(topics) + ", ours are " + Topics.all());
  }

  /**
   * A user reads, as its group, what its service's channels are for, and writes what the service
   * says, puts aside or sends on: neither more nor less.
   */
  static Stream<String> usersReadWhatTheyReceive(Manifests manifests) {
    return manifests.ofKind("KafkaUser").flatMap(KafkaPolicies::check);
  }

  private static Stream<String> check(Manifest user) {
    Map<String, Set<String>> received = KnownKeys.get().receivedBy(user.name());
    Set<String> groups =
        received.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Optional<ServiceName> service = ServiceName.named(user.name());
    return service.isEmpty()
        ? Stream.of(user + " is none of our services")
        : Stream.of(
                differ(user + " is of the groups", named(user, "group", "Read"), groups),
                differ(user + " receives", received.keySet(), TopicRights.readBy(service.get())),
                differ(
                    user + " reads",
                    named(user, "topic", "Read"),
                    TopicRights.readBy(service.get())),
                differ(
                    user + " writes",
                    named(user, "topic", "Write"),
                    TopicRights.writtenBy(service.get())))
            .flatMap(s -> s);
  }

  private static Stream<String> differ(String what, Set<String> found, Set<String> wanted) {
    return found.equals(wanted)
        ? Stream.empty()
        : Stream.of(what + " " + found + ", not " + wanted);
  }

  private static Set<String> named(Manifest user, String type, String operation) {
    return Pod.stream(user.at("/spec/authorization/acls"))
        .filter(acl -> acl.at("/resource/type").asText().equals(type))
        .filter(acl -> allows(acl, operation))
        .map(acl -> acl.at("/resource/name").asText())
        .collect(Collectors.toSet());
  }

  private static boolean allows(JsonNode acl, String operation) {
    return Pod.stream(acl.path("operations")).anyMatch(o -> o.asText().equals(operation));
  }
}
