package org.medtransformers.eval.messaging;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.eval.job.EvaluationJob;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.ReceivedEvent;
import org.medtransformers.service.job.JobQueue;
import org.medtransformers.service.job.JobReport;

/** Turns commands into rows of the job table; the work is done elsewhere. */
@ApplicationScoped
public class EvaluationCommands {
  private final EventReceiver receiver;
  private final JobQueue jobs;
  private final JobReport report;

  EvaluationCommands(EventReceiver receiver, JobQueue jobs, JobReport report) {
    this.receiver = receiver;
    this.jobs = jobs;
    this.report = report;
  }

  @Incoming("evaluation-commands")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> command) {
    receiver.receive(command, this::handle);
  }

  private void handle(ReceivedEvent received) {
    Event event = received.data();
    if (event instanceof EvaluationEvent.Requested request) {
      jobs.submit(request.runId(), EvaluationJob.KIND, request, request.order());
    } else if (event instanceof RunCancelRequested cancel) {
      report.send(cancel.runId(), 0, EvaluationJob.KIND, Stage.EVALUATE);
      jobs.requestCancel(cancel.runId(), EvaluationJob.KIND);
    } else if (event instanceof RunInquired inquiry) {
      report.send(inquiry.runId(), inquiry.resumedAfter(), EvaluationJob.KIND, Stage.EVALUATE);
    }
  }
}
