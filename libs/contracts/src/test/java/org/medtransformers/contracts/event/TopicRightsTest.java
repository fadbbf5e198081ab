package org.medtransformers.contracts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.ServiceName;

class TopicRightsTest {
  @ParameterizedTest
  @CsvSource({
    "experiment.events, GATEWAY",
    "dataset.commands, GATEWAY",
    "dataset.events, DATA",
    "training.events, TRAINER",
    "evaluation.events, EVAL",
    "experiment.requests,",
    "evaluation.events.dlq,",
    "somebody.elses,",
  })
  void aTopicHasOneSpeakerOrIsForAnybody(String topic, ServiceName speaker) {
    assertEquals(Optional.ofNullable(speaker), TopicRights.speaker(topic));
  }

  /** The gateway, since it sends again what was put aside. */
  @Test
  void nobodyButItsSpeakerAndTheGatewayWritesATopic() {
    for (String topic : Topics.all()) {
      Set<ServiceName> writers = who(TopicRights::writtenBy, topic);
      TopicRights.speaker(topic)
          .ifPresent(
              speaker -> {
                assertTrue(writers.contains(speaker), topic);
                assertTrue(EnumSet.of(speaker, ServiceName.GATEWAY).containsAll(writers), topic);
              });
    }
    assertEquals(
        Set.of("dataset.events", "dataset.commands.dlq"), TopicRights.writtenBy(ServiceName.DATA));
  }

  @Test
  void whatIsPutAsideIsWrittenByWhoReadsAndReadByTheGatewayAlone() {
    for (String topic : Topics.all()) {
      if (Topics.isDeadLetter(topic)) {
        String original = Topics.ofDeadLetter(topic);
        assertEquals(who(TopicRights::readBy, original), who(TopicRights::writtenBy, topic), topic);
        assertEquals(Set.of(ServiceName.GATEWAY), who(TopicRights::readBy, topic), topic);
      }
    }
  }

  private static Set<ServiceName> who(Function<ServiceName, Set<String>> may, String topic) {
    return Arrays.stream(ServiceName.values())
        .filter(service -> may.apply(service).contains(topic))
        .collect(Collectors.toSet());
  }
}
