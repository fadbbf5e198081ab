package org.medtransformers.gateway.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.audit.Deed;
import org.medtransformers.gateway.audit.Trail;
import org.medtransformers.gateway.config.AccessConfig;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.submission.Submission;
import org.medtransformers.gateway.submission.Submissions;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.Outbox;
import org.medtransformers.service.event.ReceivedEvent;

/** Experiments asked for over Kafka; the outcome goes to the topic of public events. */
@ApplicationScoped
public class ExperimentRequests {
  private final EventReceiver receiver;
  private final Submissions submissions;
  private final Outbox outbox;
  private final Trail trail;
  private final Callers callers;
  private final Caller inName;

  ExperimentRequests(
      EventReceiver receiver,
      Submissions submissions,
      Outbox outbox,
      Trail trail,
      Callers callers,
      GatewayConfig config,
      AccessConfig access) {
    this.trail = trail;
    this.callers = callers;
    this.inName = new Caller(config.owner(), access.team(), Role.RESEARCHER, null);
    this.receiver = receiver;
    this.submissions = submissions;
    this.outbox = outbox;
  }

  @Incoming("experiment-requests")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) {
    receiver.receive(record, this::handle);
  }

  private void handle(ReceivedEvent event) {
    if (!(event.data() instanceof ExperimentEvent.Requested request)) {
      return;
    }
    Deed deed = Deed.of(inName, AuditAction.START_EXPERIMENT, null, null);
    try {
      if (request.experiment() == null) {
        throw MedtransException.of(
            ErrorCode.INVALID_REQUEST, "experiment: missing; it is the experiment document");
      }
      Submission wish = Submission.ofEvent(request.experiment(), event.source(), event.id());
      trail.done(deed, callers.as(inName, () -> submissions.accept(wish)).id());
    } catch (MedtransException e) {
      if (e.retriable()) {
        throw e;
      }
      trail.ended(deed, null, AuditResult.REFUSED, e.code().name());
      outbox.append(new ExperimentEvent.Rejected(event.id(), e.info()));
    }
  }
}
