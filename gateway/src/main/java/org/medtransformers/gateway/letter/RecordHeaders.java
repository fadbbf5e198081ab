package org.medtransformers.gateway.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.DeadLetterDetail;

/** The headers of a record as a row keeps them: a list of [name, value in Base64]. */
final class RecordHeaders {
  private RecordHeaders() {}

  static String write(List<Header> headers) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (Header header : headers) {
      ArrayNode entry = list.addArray().add(header.key());
      if (header.value() != null) {
        entry.add(Base64.getEncoder().encodeToString(header.value()));
      }
    }
    return Json.write(list);
  }

  static List<Header> read(String text) {
    return StreamSupport.stream(Json.parse(text).spliterator(), false)
        .map(entry -> (Header) new RecordHeader(entry.get(0).asText(), value(entry)))
        .toList();
  }

  private static byte[] value(JsonNode entry) {
    return entry.has(1) ? Base64.getDecoder().decode(entry.get(1).asText()) : null;
  }

  static List<DeadLetterDetail.Header> shown(List<Header> headers) {
    return headers.stream()
        .map(header -> new DeadLetterDetail.Header(header.key(), text(header.value())))
        .toList();
  }

  /** The value of the last header called {@code name}; null where there is none. */
  static String text(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.key().equals(name))
        .reduce((first, second) -> second)
        .map(header -> text(header.value()))
        .orElse(null);
  }

  private static String text(byte[] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
