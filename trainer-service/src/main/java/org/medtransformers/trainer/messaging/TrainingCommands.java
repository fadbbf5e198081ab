package org.medtransformers.trainer.messaging;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.ReceivedEvent;
import org.medtransformers.service.job.JobQueue;
import org.medtransformers.trainer.job.TrainingJob;

/** Turns commands into rows of the job table; the work is done elsewhere. */
@ApplicationScoped
public class TrainingCommands {
  private final EventReceiver receiver;
  private final JobQueue jobs;

  TrainingCommands(EventReceiver receiver, JobQueue jobs) {
    this.receiver = receiver;
    this.jobs = jobs;
  }

  @Incoming("training-commands")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> command) {
    receiver.receive(command, this::handle);
  }

  private void handle(ReceivedEvent received) {
    Event event = received.data();
    if (event instanceof TrainingEvent.Requested request) {
      jobs.submit(request.runId(), TrainingJob.KIND, request, request.attemptsAfter());
    } else if (event instanceof RunCancelRequested cancel) {
      jobs.requestCancel(cancel.runId(), TrainingJob.KIND);
    }
  }
}
