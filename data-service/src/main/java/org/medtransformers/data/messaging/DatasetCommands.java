package org.medtransformers.data.messaging;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.data.job.PrepareJob;
import org.medtransformers.service.event.EventReceiver;
import org.medtransformers.service.event.ReceivedEvent;
import org.medtransformers.service.job.JobQueue;
import org.medtransformers.service.job.JobReport;

/** Turns commands into rows of the job table; the work is done elsewhere. */
@ApplicationScoped
public class DatasetCommands {
  private final EventReceiver receiver;
  private final JobQueue jobs;
  private final JobReport report;

  DatasetCommands(EventReceiver receiver, JobQueue jobs, JobReport report) {
    this.receiver = receiver;
    this.jobs = jobs;
    this.report = report;
  }

  @Incoming("dataset-commands")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> command) {
    receiver.receive(command, this::handle);
  }

  private void handle(ReceivedEvent received) {
    Event event = received.data();
    if (event instanceof DatasetEvent.PrepareRequested request) {
      if (request.runId() == null || request.dataset() == null || request.medtrans() == null) {
        throw MedtransException.of(
            ErrorCode.INVALID_REQUEST, "a request to prepare needs runId, dataset and medtrans");
      }
      jobs.submit(request.runId(), PrepareJob.KIND, request, request.order());
    } else if (event instanceof RunCancelRequested cancel) {
      report.send(cancel.runId(), 0, PrepareJob.KIND, Stage.PREPARE);
      jobs.requestCancel(cancel.runId(), PrepareJob.KIND);
    } else if (event instanceof RunInquired inquiry) {
      report.send(inquiry.runId(), inquiry.resumedAfter(), PrepareJob.KIND, Stage.PREPARE);
    }
  }
}
