package org.medtransformers.service.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;

/**
 * RFC 9457 problem details.
 *
 * @param type a URN that stands for {@code code}
 * @param title the same for every problem of the type
 * @param status HTTP status
 * @param detail what is wrong here
 * @param code for programs; the same as in events and metrics
 * @param errors each mistake by itself where there are several; else null
 */
@RegisterForReflection
public record Problem(
    String type, String title, int status, String detail, ErrorCode code, List<ErrorInfo> errors) {
  /** Media type of the body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int RETRY_AFTER_SECONDS = 1;

  /** A problem with the usual status of {@code code}. */
  public static Problem of(ErrorCode code, String detail) {
    return of(code, code.status(), detail);
  }

  /** A problem with a status of its own, e.g. 405. */
  public static Problem of(ErrorCode code, int status, String detail) {
    return new Problem(urn(code), title(status), status, detail, code, null);
  }

  /** Mistakes found in one go; the first one's code counts. {@code errors} is not empty. */
  public static Problem of(List<ErrorInfo> errors) {
    ErrorCode code = errors.get(0).code();
    String detail = errors.stream().map(ErrorInfo::message).collect(Collectors.joining("\n"));
    return new Problem(
        urn(code),
        title(code.status()),
        code.status(),
        detail,
        code,
        errors.size() == 1 ? null : List.copyOf(errors));
  }

  /** The response that carries it; one that says 503 says when to ask again, too. */
  public Response response() {
    Response.ResponseBuilder response =
        Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this);
    if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.build();
  }

  /** Answers with it, instead of a resource. */
  public void answer(HttpServerResponse response) {
    if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .end(Json.write(this));
  }

  private static String urn(ErrorCode code) {
    return "urn:medtransformers:error:" + code.name();
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
