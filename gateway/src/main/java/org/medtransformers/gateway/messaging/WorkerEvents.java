package org.medtransformers.gateway.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.gateway.history.RunEvents;
import org.medtransformers.service.event.EventReceiver;

/** What the workers report, passed to the runs it is about. */
@ApplicationScoped
public class WorkerEvents {
  private final EventReceiver receiver;
  private final RunEvents runs;

  WorkerEvents(EventReceiver receiver, RunEvents runs) {
    this.receiver = receiver;
    this.runs = runs;
  }

  @Incoming("dataset-events")
  @Blocking
  void dataset(ConsumerRecord<String, byte[]> record) {
    receive(record);
  }

  @Incoming("training-events")
  @Blocking
  void training(ConsumerRecord<String, byte[]> record) {
    receive(record);
  }

  @Incoming("evaluation-events")
  @Blocking
  void evaluation(ConsumerRecord<String, byte[]> record) {
    receive(record);
  }

  private void receive(ConsumerRecord<String, byte[]> record) {
    receiver.receive(record, event -> runs.handle(event.data()));
  }
}
