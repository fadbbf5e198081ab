package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.submission.Submission;
import org.medtransformers.gateway.submission.Submissions;

/** The answer to an experiment document: where the experiment is, and how it stands. */
@Singleton
final class Acceptance {
  private final Submissions submissions;
  private final Experiments experiments;
  private final Callers callers;

  Acceptance(Submissions submissions, Experiments experiments, Callers callers) {
    this.callers = callers;
    this.submissions = submissions;
    this.experiments = experiments;
  }

  /**
   * Created, or OK where it had been accepted before.
   *
   * @param idempotencyKey null without
   */
  Response of(JsonNode document, String idempotencyKey) {
    Submissions.Accepted accepted =
        submissions.submit(
            Submission.ofRest(
                document, Optional.ofNullable(idempotencyKey), callers.current().person()));
    return Response.status(accepted.created() ? Response.Status.CREATED : Response.Status.OK)
        .location(URI.create("/api/v1/experiments/" + accepted.id()))
        .entity(experiments.glance(accepted.id()))
        .build();
  }
}
