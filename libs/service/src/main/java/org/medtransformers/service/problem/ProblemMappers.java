package org.medtransformers.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.database.Outage;

/** Turns every exception that a resource lets out into problem details. */
@Singleton
public final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response known(MedtransException e) {
    if (e.code().status() == ErrorCode.INTERNAL.status()) {
      LOG.error("A request failed", e);
    }
    return Problem.of(e.errors()).response();
  }

  @ServerExceptionMapper
  Response invalid(ConstraintViolationException e) {
    if (e.getConstraintViolations().stream().anyMatch(ProblemMappers::isOurFault)) {
      return unexpected(e);
    }
    List<ErrorInfo> errors =
        e.getConstraintViolations().stream()
            .map(v -> field(v) + " " + v.getMessage())
            .sorted()
            .map(message -> new ErrorInfo(ErrorCode.INVALID_REQUEST, message))
            .toList();
    return Problem.of(errors).response();
  }

  @ServerExceptionMapper
  Response mismatched(MismatchedInputException e) {
    return malformed(e);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return malformed(json);
    }
    int status = e.getResponse().getStatus();
    if (status < Response.Status.BAD_REQUEST.getStatusCode()) {
      return e.getResponse();
    }
    Response problem = Problem.of(ErrorCode.ofStatus(status), status, detail(e)).response();
    return Response.fromResponse(e.getResponse())
        .entity(problem.getEntity())
        .type(problem.getMediaType())
        .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e) {
    return Problem.of(
            ErrorCode.NOT_PERMITTED,
            "your role does not allow this; docs/access.md says which does")
        .response();
  }

  /** What nobody foresaw: its text goes to the log, not to the caller. */
  @ServerExceptionMapper
  Response unexpected(Throwable e) {
    if (Outage.causes(e)) {
      LOG.warnf("A request failed for want of the database: %s", e);
      return Problem.of(ErrorCode.UNAVAILABLE, "the database is away or takes nothing; try again")
          .response();
    }
    UUID id = UUID.randomUUID();
    LOG.errorf(e, "A request failed unexpectedly (%s)", id);
    return Problem.of(ErrorCode.INTERNAL, "unexpected failure; the log has it under " + id)
        .response();
  }

  private static Response malformed(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " (line %d, column %d)"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return Problem.of(ErrorCode.INVALID_REQUEST, e.getOriginalMessage() + place).response();
  }

  private static String detail(WebApplicationException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static boolean isOurFault(ConstraintViolation<?> violation) {
    return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
        .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
  }

  /** The path of the value as the caller sees it: without the method and its parameter. */
  private static String field(ConstraintViolation<?> violation) {
    String path = violation.getPropertyPath().toString();
    return path.substring(path.indexOf('.') + 1);
  }
}
