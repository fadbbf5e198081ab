package org.medtransformers.cli.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import org.medtransformers.contracts.Json;

/** JSON that is the whole of a text, with nothing after it. */
final class WholeText {
  private WholeText() {}

  static JsonNode parse(String text) throws JsonProcessingException {
    return Json.mapper()
        .reader()
        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readTree(text);
  }
}
