package org.medtransformers.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;

/** Turns an RFC 9457 body into the exception that it was on the other side. */
final class ProblemDetails {
  private ProblemDetails() {}

  static MedtransException exception(int status, String body) {
    JsonNode problem = parse(body);
    List<ErrorInfo> errors =
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(e -> new ErrorInfo(code(e, status), text(e, status)))
            .toList();
    if (status == 502 || status == 503 || status == 504) {
      return MedtransException.retriable(ErrorCode.UNAVAILABLE, text(problem, status), null);
    }
    return errors.isEmpty()
        ? MedtransException.of(code(problem, status), text(problem, status))
        : MedtransException.of(errors);
  }

  private static JsonNode parse(String body) {
    try {
      return Json.parse(body);
    } catch (UncheckedIOException e) {
      return Json.mapper().createObjectNode().put("detail", body);
    }
  }

  private static ErrorCode code(JsonNode node, int status) {
    String name = node.path("code").asText();
    return Arrays.stream(ErrorCode.values())
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseGet(() -> codeOf(status));
  }

  private static ErrorCode codeOf(int status) {
    return switch (status) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 403 -> ErrorCode.PATH_NOT_ALLOWED;
      case 409 -> ErrorCode.CONFLICT;
      default -> status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
    };
  }

  private static String text(JsonNode node, int status) {
    return Optional.ofNullable(node.path("message").textValue())
        .or(() -> Optional.ofNullable(node.path("detail").textValue()))
        .or(() -> Optional.ofNullable(node.path("title").textValue()))
        .filter(t -> !t.isBlank())
        .orElse("the gateway answered " + status);
  }
}
