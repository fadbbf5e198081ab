package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * A user reads, as its group, what its service's channels are for, and writes nothing of that,
   * except to put aside, and to send on what was put aside.
   */
  static Stream<String> usersReadWhatTheyReceive(Manifests manifests) {
    return manifests.ofKind("KafkaUser").flatMap(KafkaPolicies::check);
  }

  private static Stream<String> check(Manifest user) {
    Map<String, Set<String>> received = KnownKeys.get().receivedBy(user.name());
    Set<String> topics = received.keySet();
    Set<String> groups =
        received.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<String> expectedWrites =
        topics.stream().map(KafkaPolicies::whereToWhenRead).collect(Collectors.toSet());
    Set<String> writes = named(user, "topic", "Write");
    return Stream.of(
            differ(user + " reads", named(user, "topic", "Read"), topics),
            differ(user + " is of the groups", named(user, "group", "Read"), groups),
            expectedWrites.stream()
                .filter(topic -> !writes.contains(topic))
                .map(topic -> user + " cannot put aside to, or send on to, " + topic),
            writes.stream()
                .filter(topic -> !expectedWrites.contains(topic))
                .filter(topic -> topics.contains(topic) || !Topics.all().contains(topic))
                .map(topic -> user + " should not write to " + topic))
        .flatMap(s -> s);
  }

  private static String whereToWhenRead(String topic) {
    String original = Topics.ofDeadLetter(topic);
    return original.equals(topic) ? Topics.deadLetter(topic) : original;
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
