package org.medtransformers.gateway.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.gateway.letter.Letters;
import org.medtransformers.service.event.EventReceiver;

/** What all services put aside, kept where somebody can see to it. */
@ApplicationScoped
public class DeadLetterTopics {
  private final EventReceiver receiver;
  private final Letters letters;

  DeadLetterTopics(EventReceiver receiver, Letters letters) {
    this.receiver = receiver;
    this.letters = letters;
  }

  @Incoming("dead-letters")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> letter) {
    receiver.insist(letter, () -> letters.keep(letter));
  }
}
