package org.medtransformers.eval.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.eval.job.EvaluationJob;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.service.job.OpenJobs;

/** Evaluations that are under way, or wait for it, at all replicas. */
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
    return jobs.of(EvaluationJob.KIND, TorchEngine::describe);
  }
}
