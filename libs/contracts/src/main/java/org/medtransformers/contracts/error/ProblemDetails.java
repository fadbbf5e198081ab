package org.medtransformers.contracts.error;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Json;

/**
 * A refusal as RFC 9457 problem details with our {@code code}. Something in between, such as a
 * proxy, may have answered instead; then the status decides.
 *
 * @param code empty where it names none that is known here
 * @param detail what is wrong; empty where it does not say
 * @param errors each mistake by itself where there are several; else none
 */
public record ProblemDetails(
    int status, Optional<ErrorCode> code, Optional<String> detail, List<ErrorInfo> errors) {
  private static final int LONGEST_FOREIGN_DETAIL = 500;

  public ProblemDetails {
    errors = List.copyOf(errors);
  }

  /** Reads the body of an answer with {@code status}, whatever it is. */
  public static ProblemDetails read(int status, String body) {
    JsonNode problem = parse(body);
    Optional<ErrorCode> code = ErrorCode.named(problem.path("code").asText());
    ErrorCode otherwise = code.orElse(ErrorCode.ofStatus(status));
    return new ProblemDetails(
        status,
        code,
        Stream.of("detail", "title")
            .map(key -> problem.path(key).asText())
            .filter(text -> !text.isBlank())
            .findFirst(),
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(e -> error(e, otherwise))
            .toList());
  }

  private static ErrorInfo error(JsonNode error, ErrorCode otherwise) {
    return new ErrorInfo(
        ErrorCode.named(error.path("code").asText()).orElse(otherwise),
        error.path("message").asText());
  }

  private static JsonNode parse(String body) {
    try {
      return Json.parse(body);
    } catch (UncheckedIOException e) {
      return Json.mapper().createObjectNode().put("detail", abbreviated(body));
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= LONGEST_FOREIGN_DETAIL
        ? text
        : text.substring(0, LONGEST_FOREIGN_DETAIL) + "…";
  }

  /**
   * The exception that it was on the other side.
   *
   * @param server what answered, for the message where no code says that it was ours
   */
  public MedtransException exception(String server) {
    if (!errors.isEmpty()) {
      return MedtransException.of(errors);
    }
    String answered = server + " answered " + status;
    if (code.isPresent()) {
      return MedtransException.of(code.get(), detail.orElse(answered));
    }
    return MedtransException.of(
        ErrorCode.ofStatus(status), answered + detail.map(text -> ": " + text).orElse(""));
  }
}
