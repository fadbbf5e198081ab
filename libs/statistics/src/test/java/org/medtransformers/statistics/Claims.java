package org.medtransformers.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;

/** The numbers of scipy and numpy: {@code src/test/python/claims.py}. */
final class Claims {
  private Claims() {}

  static JsonNode reference() {
    try (InputStream in = Claims.class.getResourceAsStream("/claims.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).doubleValue()).toArray();
  }
}
