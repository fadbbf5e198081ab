package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Values of golden files that are one of a closed set. */
final class Choices {
  private Choices() {}

  /**
   * The value of {@code type} that {@code node} names.
   *
   * @throws MedtransException naming {@code path} where it names none
   */
  static <E extends Enum<E>> E read(JsonNode node, String path, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> Json.tree(value).equals(node))
        .findFirst()
        .orElseThrow(
            () ->
                MedtransException.of(
                    ErrorCode.INVALID_REQUEST,
                    "%s: found %s, allowed are %s"
                        .formatted(path, node, Arrays.toString(type.getEnumConstants()))));
  }
}
