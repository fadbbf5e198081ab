package org.medtransformers.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;

/**
 * A wish for an experiment.
 *
 * @param document the experiment document
 * @param idempotencyKey the same for every repetition of the same wish, unlike any other's
 * @param requestId id of the event that asked for it; empty when it came over REST
 */
public record Submission(
    JsonNode document, Optional<String> idempotencyKey, Optional<String> requestId) {

  /**
   * From a client of the REST API, which may send a key of its own.
   *
   * @param person who asks: nobody learns by a key what others have started
   */
  public static Submission ofRest(JsonNode document, Optional<String> key, String person) {
    return new Submission(
        document, key.map(k -> "rest %s %s".formatted(person, k)), Optional.empty());
  }

  /** From a record whose identity is source and id. */
  public static Submission ofEvent(JsonNode document, String source, String id) {
    return new Submission(document, Optional.of("event " + source + " " + id), Optional.of(id));
  }

  /** By which two documents are told apart; blanks and line ends do not count. */
  String sha256() {
    return Sha256.of(Json.write(document));
  }
}
