package org.medtransformers.service;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.ReceivedEvent;

/** A consumer as a service has it. The id of the run says how handling it goes. */
@ApplicationScoped
public class TestConsumer {
  static final String REFUSE = "refuse";
  static final String FAIL_TWICE = "fail-twice";
  static final String BUSY_SIX_TIMES = "busy-six-times";

  private final EventReceiver receiver;
  private final List<String> attempts = new CopyOnWriteArrayList<>();

  TestConsumer(EventReceiver receiver) {
    this.receiver = receiver;
  }

  @Incoming("events")
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) {
    receiver.receive(record, this::handle);
  }

  private void handle(ReceivedEvent event) {
    String runId = ((RunCancelRequested) event.data()).runId();
    attempts.add(runId);
    if (runId.equals(REFUSE)) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, "never");
    }
    if (runId.equals(BUSY_SIX_TIMES) && handled(BUSY_SIX_TIMES) < 7) {
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "others are at it");
    }
    if (runId.equals(FAIL_TWICE) && handled(FAIL_TWICE) < 3) {
      throw new IllegalStateException("not yet");
    }
  }

  long handled(String runId) {
    return attempts.stream().filter(runId::equals).count();
  }
}
