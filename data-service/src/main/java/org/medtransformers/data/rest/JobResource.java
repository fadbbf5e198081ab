package org.medtransformers.data.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.data.job.PrepareJob;
import org.medtransformers.service.job.OpenJobs;

/** The work that is open. */
@Path("/api/v1/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
  private final OpenJobs jobs;

  JobResource(OpenJobs jobs) {
    this.jobs = jobs;
  }

  @GET
  @Blocking
  @Operation(summary = "Data sets that are being prepared, or wait for it, at all replicas")
  public WorkerView open() {
    return jobs.of(PrepareJob.KIND, List::of);
  }
}
