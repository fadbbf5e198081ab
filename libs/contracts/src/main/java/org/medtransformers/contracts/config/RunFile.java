package org.medtransformers.contracts.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;

/**
 * A resolved run file, defaults filled in. It is the same from the experiment file to the gateway's
 * table, and is parsed where it is made, not where it is looked at.
 *
 * @param text one line of JSON with every key, also those that no training looks at
 * @param config the typed view of it
 * @param sha256 of the text, in hex
 */
public record RunFile(String text, RunConfig config, String sha256) {

  /** The file that says {@code resolved}. */
  public static RunFile of(ObjectNode resolved) {
    return parse(Json.write(resolved));
  }

  /** The file whose {@link #text} is {@code text}. */
  public static RunFile parse(String text) {
    return new RunFile(
        text, Json.read(text, RunConfig.class), Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** All that it says, as a tree that the caller may change. */
  public ObjectNode tree() {
    return (ObjectNode) Json.parse(text);
  }
}
