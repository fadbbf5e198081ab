package org.medtransformers.trainer.messaging;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.ReceivedEvent;
import org.medtransformers.service.job.JobQueue;
import org.medtransformers.service.job.JobReport;
import org.medtransformers.trainer.job.TrainingJob;

/** Turns commands into rows of the job table; the work is done elsewhere. */
@ApplicationScoped
public class TrainingCommands {
  private final EventReceiver receiver;
  private final JobQueue jobs;
  private final JobReport report;

  TrainingCommands(EventReceiver receiver, JobQueue jobs, JobReport report) {
    this.receiver = receiver;
    this.jobs = jobs;
    this.report = report;
  }

  @Incoming("training-commands")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> command) {
    receiver.receive(command, this::handle);
  }

  private void handle(ReceivedEvent received) {
    Event event = received.data();
    if (event instanceof TrainingEvent.Requested request) {
      jobs.submit(request.runId(), TrainingJob.KIND, request, request.order());
    } else if (event instanceof RunCancelRequested cancel) {
      report.send(cancel.runId(), 0, TrainingJob.KIND, Stage.TRAIN);
      jobs.requestCancel(cancel.runId(), TrainingJob.KIND);
    } else if (event instanceof RunInquired inquiry) {
      report.send(inquiry.runId(), inquiry.resumedAfter(), TrainingJob.KIND, Stage.TRAIN);
    }
  }
}
