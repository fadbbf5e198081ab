package org.medtransformers.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A refusal as RFC 9457 problem details with our {@code code}; something in between, such as a
 * proxy, may have answered instead, then the status decides.
 */
record Problem(int status, Optional<ErrorCode> code, String detail) {
  private static final int LONGEST_DETAIL = 500;

  static Problem read(HttpResponse<byte[]> response) {
    String text = new String(response.body(), UTF_8);
    JsonNode body = parse(text);
    String detail = body.path("detail").asText(abbreviated(text));
    Optional<ErrorCode> code =
        Arrays.stream(ErrorCode.values())
            .filter(c -> c.name().equals(body.path("code").asText()))
            .findFirst();
    String where = response.request().method() + " " + response.uri() + ": ";
    return new Problem(
        response.statusCode(),
        code,
        code.isPresent() ? detail : where + response.statusCode() + " " + detail);
  }

  /** Retriable where the fault is the server's and not the request's. */
  MedtransException toException() {
    boolean diskFull = code.equals(Optional.of(ErrorCode.DISK_FULL));
    if ((status >= 500 && !diskFull) || status == 429) {
      return MedtransException.retriable(code.orElse(ErrorCode.UNAVAILABLE), detail, null);
    }
    return MedtransException.of(code.orElseGet(this::codeOfStatus), detail);
  }

  private ErrorCode codeOfStatus() {
    return status == ErrorCode.NOT_FOUND.status() ? ErrorCode.NOT_FOUND : ErrorCode.INTERNAL;
  }

  private static JsonNode parse(String text) {
    try {
      return Json.parse(text);
    } catch (UncheckedIOException e) {
      return Json.mapper().missingNode();
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
