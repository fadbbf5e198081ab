package org.medtransformers.trainer.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.service.job.OpenJobs;
import org.medtransformers.trainer.job.TrainingJob;

/** Trainings that are under way, or wait for it, at all trainers. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
  private final OpenJobs jobs;

  JobResource(OpenJobs jobs) {
    this.jobs = jobs;
  }

  @GET
  @Blocking
  public WorkerView open() {
    return jobs.of(TrainingJob.KIND, TorchEngine::describe);
  }
}
