package org.medtransformers.contracts.event;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.ServiceName;

/** Which service reads and writes which topic: what brokers allow, and whom events are believed. */
public final class TopicRights {
  private TopicRights() {}

  /**
   * Whose events alone are on {@code topic}; the gateway sends them again from dead letters, as
   * they were. Empty where anybody may ask for something, and for a topic that is none of ours.
   */
  public static Optional<ServiceName> speaker(String topic) {
    if (topic.equals(Topics.EXPERIMENT_EVENTS) || topic.equals(Topics.AUDIT_EVENTS)) {
      return Optional.of(ServiceName.GATEWAY);
    }
    return Stage.all().stream()
        .filter(stage -> stage.commands().equals(topic) || stage.events().equals(topic))
        .map(stage -> stage.commands().equals(topic) ? ServiceName.GATEWAY : stage.worker())
        .findFirst();
  }

  /** The topics that {@code service} reads, as the consumer group that is called as it is. */
  public static Set<String> readBy(ServiceName service) {
    return sorted(
        service == ServiceName.GATEWAY
            ? Stream.of(heardByGateway(), Topics.all().stream().filter(Topics::isDeadLetter))
                .flatMap(topics -> topics)
            : commands(service));
  }

  /** The topics that {@code service} writes: what it says, and what it puts aside or sends on. */
  public static Set<String> writtenBy(ServiceName service) {
    if (service == ServiceName.GATEWAY) {
      Stream<String> said = Topics.all().stream().filter(topic -> !Topics.isDeadLetter(topic));
      return sorted(Stream.concat(said, heardByGateway().map(Topics::deadLetter)));
    }
    return sorted(Stream.concat(events(service), commands(service).map(Topics::deadLetter)));
  }

  private static Stream<String> heardByGateway() {
    return Stream.concat(
        Stream.of(Topics.EXPERIMENT_REQUESTS), Stage.all().stream().map(Stage::events));
  }

  private static Stream<String> commands(ServiceName worker) {
    return Stage.all().stream().filter(stage -> stage.worker() == worker).map(Stage::commands);
  }

  private static Stream<String> events(ServiceName worker) {
    return Stage.all().stream().filter(stage -> stage.worker() == worker).map(Stage::events);
  }

  private static Set<String> sorted(Stream<String> topics) {
    return topics.sorted().collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
